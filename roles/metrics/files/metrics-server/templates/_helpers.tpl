{{/* Labels of every object: {{ include "metrics-server.labels" . | nindent 4 }} */}}
{{- define "metrics-server.labels" -}}
{{ include "metrics-server.selector" . }}
app.kubernetes.io/component: metrics
app.kubernetes.io/part-of: metrics
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{/* Labels that pick the pods; they never change: {{ include "metrics-server.selector" . | nindent 6 }} */}}
{{- define "metrics-server.selector" -}}
app.kubernetes.io/name: metrics-server
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
