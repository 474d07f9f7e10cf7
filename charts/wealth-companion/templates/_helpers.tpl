{{/* Helpers that concern one component take (list $ "<component>"). */}}

{{- define "wealth.selector" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: {{ $root.Chart.Name }}
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{- define "wealth.labels" -}}
{{- $root := index . 0 -}}
{{ include "wealth.selector" . }}
app.kubernetes.io/part-of: wealth-companion
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
{{- end }}

{{/* name, namespace and labels of an object that is called like its component */}}
{{- define "wealth.metadata" -}}
name: {{ index . 1 }}
namespace: {{ (index . 0).Release.Namespace }}
labels: {{- include "wealth.labels" . | nindent 2 }}
{{- end }}

{{/* the same of an object that belongs to no namespace */}}
{{- define "wealth.clusterMetadata" -}}
name: {{ (index . 0).Release.Namespace }}-{{ index . 1 }}
labels: {{- include "wealth.labels" . | nindent 2 }}
{{- end }}

{{/* (list $ "<key of images>") */}}
{{- define "wealth.image" -}}
{{- $root := index . 0 -}}
{{- $image := index $root.Values.images (index . 1) -}}
{{ with $root.Values.imageRegistry }}{{ . }}/{{ end }}{{ $image.repository }}:{{ $image.tag | default $root.Chart.AppVersion }}
{{- end }}

{{/* What restarts a pod: (dict "config" <text> "secret" <checksum>) */}}
{{- define "wealth.checksums" -}}
checksum/config: {{ .config | sha256sum }}
{{- with .secret }}
checksum/secret: {{ . }}
{{- end }}
{{- end }}

{{/* Rolling updates that lose nothing: the new pod is ready before the old one goes. */}}
{{- define "wealth.strategy" -}}
type: RollingUpdate
rollingUpdate: {maxUnavailable: 0, maxSurge: 1}
{{- end }}

{{/* No rights in the cluster, and what the Pod Security Standard "restricted" asks for */}}
{{- define "wealth.pod" -}}
automountServiceAccountToken: false
# variables such as BACKEND_PORT would be taken for settings
enableServiceLinks: false
securityContext: {{- include "wealth.podSecurity" . | nindent 2 }}
{{- end }}

{{- define "wealth.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "wealth.container" -}}
imagePullPolicy: IfNotPresent
securityContext: {{- include "wealth.containerSecurity" . | nindent 2 }}
{{- end }}

{{- define "wealth.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}

{{/* Single keys of a Secret, which are named like variables: (list "<secret>" "<key>" …) */}}
{{- define "wealth.secretEnv" -}}
{{- $secret := first . -}}
{{- range rest . }}
- name: {{ . }}
  valueFrom:
    secretKeyRef: {name: {{ $secret }}, key: {{ . }}}
{{- end }}
{{- end }}

{{/*
Back within 30 s, hangs included: a hang is noticed after 3 × 3 s + 2 s, ended 8 s later, and a start takes some 5 s.
Liveness asks the process alone, never what it depends on. (list "<port>" "<path of liveness>" "<path of readiness>")
*/}}
{{- define "wealth.probes" -}}
startupProbe:
  httpGet: {port: {{ index . 0 }}, path: {{ index . 1 }}}
  periodSeconds: 1
  timeoutSeconds: 2
  failureThreshold: 120
livenessProbe:
  httpGet: {port: {{ index . 0 }}, path: {{ index . 1 }}}
  periodSeconds: 3
  timeoutSeconds: 2
  failureThreshold: 3
  terminationGracePeriodSeconds: 8
readinessProbe:
  httpGet: {port: {{ index . 0 }}, path: {{ index . 2 }}}
  periodSeconds: 3
  timeoutSeconds: 3
  failureThreshold: 2
{{- end }}

{{/* Requests still arrive until every node knows that the pod is going. */}}
{{- define "wealth.preStop" -}}
lifecycle:
  preStop:
    sleep: {seconds: 5}
{{- end }}

{{/* Everything that runs on, by name; a YAML list */}}
{{- define "wealth.components" -}}
{{ concat (list "frontend" "backend" "mcp-server") (keys .Values.agents.members | sortAlpha) | toYaml }}
{{- end }}

{{/* The Deployments that operations may restart, kagent's of the agents too; a YAML list */}}
{{- define "wealth.restartable" -}}
{{- $names := include "wealth.components" . | fromYamlArray -}}
{{- if ne .Values.agents.management "deployment" -}}
{{- range keys .Values.agents.members | sortAlpha }}{{ $names = append $names (printf "%s-agent" .) }}{{ end -}}
{{- end -}}
{{ toYaml $names }}
{{- end }}
