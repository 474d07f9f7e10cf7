{{- define "mcp-server.config" -}}
{{- $name := printf "mcp-server.%s" .Release.Namespace -}}
# the names of its Service; requests under another one are refused
MCP_ALLOWED_HOSTS: {{ printf "mcp-server:*,%[1]s:*,%[1]s.svc:*,%[1]s.svc.cluster.local:*" $name | quote }}
DATABASE_POOL_SIZE: {{ .Values.database.poolSize | quote }}
LOG_LEVEL: {{ .Values.logLevel }}
{{- end }}
