{{/* (list $ "<component>") */}}
{{- define "access.selector" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: {{ $root.Chart.Name }}
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{- define "access.metadata" -}}
{{- $root := index . 0 -}}
name: {{ index . 1 }}
namespace: {{ $root.Release.Namespace }}
labels:
  {{- include "access.selector" . | nindent 2 }}
  app.kubernetes.io/part-of: wealth-companion
  app.kubernetes.io/managed-by: {{ $root.Release.Service }}
{{- end }}

{{/* kagent's own pods, by what its charts label them with: (list $ "controller" | "tools") */}}
{{- define "access.kagent" -}}
{{- $root := index . 0 -}}
{{- if eq (index . 1) "controller" -}}
app.kubernetes.io/name: kagent
app.kubernetes.io/instance: {{ $root.Values.release }}
app.kubernetes.io/component: controller
{{- else -}}
app.kubernetes.io/name: kagent-tools
app.kubernetes.io/instance: {{ $root.Values.release }}
{{- end }}
{{- end }}

{{/* ---- ways out ---- */}}

{{- define "access.toNames" -}}
- to:
    - namespaceSelector:
        matchLabels: {kubernetes.io/metadata.name: kube-system}
      podSelector:
        matchLabels: {k8s-app: kube-dns}
  ports:
    - {port: 53, protocol: UDP}
    - {port: 53, protocol: TCP}
{{- end }}

{{- define "access.toDatabase" -}}
- to:
    {{- if .Values.database.external }}
    # an address of the user's, which may be anywhere but where clouds keep credentials
    - ipBlock: {cidr: 0.0.0.0/0, except: [169.254.0.0/16]}
    - ipBlock: {cidr: "::/0", except: ["fe80::/10"]}
    {{- else }}
    - podSelector:
        matchLabels: {app.kubernetes.io/part-of: wealth-companion, app.kubernetes.io/component: database}
    {{- end }}
  ports:
    - {port: {{ .Values.database.port }}}
{{- end }}

{{- define "access.toApiServer" -}}
- to:
    {{- range .Values.apiServer.addresses }}
    - ipBlock: {cidr: "{{ . }}/{{ ternary "128" "32" (contains ":" .) }}"}
    {{- end }}
  ports:
    {{- range .Values.apiServer.ports }}
    - {port: {{ . }}}
    {{- end }}
{{- end }}
