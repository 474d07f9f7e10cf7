{{/* What a test may reach; the paths are open only while tests run. */}}
{{- define "test.annotations" -}}
helm.sh/hook: test
helm.sh/hook-weight: {{ . | quote }}
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
{{- end }}

{{/* Asks URLs until each answers with 200 and what it is expected to say, for half a minute: (list $ "<name>" "<url>" "<text>" …) */}}
{{- define "test.pod" -}}
{{- $root := index . 0 -}}
{{- $name := index . 1 -}}
apiVersion: v1
kind: Pod
metadata:
  name: test-{{ $name }}
  namespace: {{ $root.Release.Namespace }}
  labels: {{- include "wealth.labels" (list $root "test") | nindent 4 }}
  annotations: {{- include "test.annotations" 0 | nindent 4 }}
spec:
  restartPolicy: Never
  {{- include "wealth.pod" $root | nindent 2 }}
  containers:
    - name: test
      image: {{ include "wealth.image" (list $root "backend") }}
      {{- include "wealth.container" $root | nindent 6 }}
      command:
        - /opt/venv/bin/python
        - -c
        - |
          import sys, time, urllib.request

          def fault(url, text):
              try:
                  with urllib.request.urlopen(url, timeout=5) as answer:
                      return "" if text in answer.read().decode() else f"does not say {text!r}"
              except OSError as error:
                  return str(error)

          deadline = time.monotonic() + 30
          for url, text in zip(sys.argv[1::2], sys.argv[2::2]):
              while (problem := fault(url, text)) and time.monotonic() < deadline:
                  time.sleep(1)
              print(f"{url}: {problem or 'ok'}", flush=True)
              if problem:
                  sys.exit(1)
        {{- range slice . 2 }}
        - {{ . | quote }}
        {{- end }}
      resources:
        requests: {cpu: 10m, memory: 32Mi}
        limits: {memory: 64Mi}
{{- end }}

{{- define "test.port" -}}
{{- get (dict "frontend" 3000 "backend" 8000 "mcp-server" 8001) . | default 8080 -}}
{{- end }}
