{{- define "frontend.config" -}}
# Kubernetes sets it to the pod's name, and Next.js would listen there only
HOSTNAME: "0.0.0.0"
BACKEND_URL: http://backend:8000
UPLOAD_LIMIT_MIB: {{ .Values.uploadLimitMiB | quote }}
LOG_LEVEL: {{ .Values.logLevel }}
{{- end }}
