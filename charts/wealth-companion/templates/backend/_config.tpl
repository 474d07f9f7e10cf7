{{- define "backend.config" -}}
PUBLIC_URL: {{ .Values.publicUrl }}
COORDINATOR_URL: http://coordinator:8080
DATABASE_POOL_SIZE: {{ .Values.database.poolSize | quote }}
UPLOAD_LIMIT_MIB: {{ .Values.uploadLimitMiB | quote }}
LOG_LEVEL: {{ .Values.logLevel }}
{{- end }}
