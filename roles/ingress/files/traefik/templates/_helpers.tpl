{{/* Labels of every object: {{ include "traefik.labels" . | nindent 4 }} */}}
{{- define "traefik.labels" -}}
{{ include "traefik.selector" . }}
app.kubernetes.io/component: ingress-controller
app.kubernetes.io/part-of: ingress
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{/* Labels that pick the pods; they never change: {{ include "traefik.selector" . | nindent 6 }} */}}
{{- define "traefik.selector" -}}
app.kubernetes.io/name: traefik
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
