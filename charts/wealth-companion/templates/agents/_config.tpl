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

{{/* Not empty where this runs the agents, be it for a while: (list $ "deployment" | "kagent") */}}
{{- define "agents.runBy" -}}
{{- $agents := (index . 0).Values.agents -}}
{{- if has (index . 1) (list $agents.management $agents.alsoRun) }}true{{ end -}}
{{- end }}

{{/* The key of agents-secrets that the model wants; the analyst wants none */}}
{{- define "agents.key" -}}
{{- if ne .Values.model.provider "offline" -}}
{{ ternary "OPENAI_API_KEY" "GEMINI_API_KEY" (eq .Values.model.provider "openai") }}
{{- end -}}
{{- end }}

{{/* What restarts an agent: (list $ "<agent>") */}}
{{- define "agents.checksums" -}}
{{- $root := index . 0 -}}
{{- $secret := ternary $root.Values.secretChecksums.agents "" (ne $root.Values.model.provider "offline") -}}
{{- include "wealth.checksums" (dict "config" (include "agents.config" .) "secret" $secret) -}}
{{- end }}

{{/* Whether kagent has an assistant for operations: without a model it could not answer */}}
{{- define "agents.operations" -}}
{{- if and (include "agents.runBy" (list . "kagent")) (ne .Values.model.provider "offline") }}true{{ end -}}
{{- end }}
