{{/* (list $ "<agent>") */}}
{{- define "agents.config" -}}
{{- $root := index . 0 -}}
{{- $name := index . 1 -}}
AGENT_NAME: {{ $name }}
{{- if eq $name "coordinator" }}
{{- range $specialist := without (keys $root.Values.agents.members | sortAlpha) "coordinator" }}
{{ $specialist | upper | replace "-" "_" }}_URL: http://{{ $specialist }}:8080
{{- end }}
{{- else }}
MCP_URL: http://mcp-server:8001/mcp
{{- end }}
MODEL_PROVIDER: {{ $root.Values.model.provider }}
MODEL_NAME: {{ $root.Values.model.name | quote }}
{{- with $root.Values.model.baseUrl }}
MODEL_BASE_URL: {{ . }}
{{- end }}
LOG_LEVEL: {{ $root.Values.logLevel }}
{{- end }}
