{{/* Who talks to whom, once; the policies of both ends are made from it. The database's own policy is in its chart. */}}
{{- define "wealth.paths" -}}
- {from: ingress-controller, to: frontend, port: 3000}
- {from: ingress-controller, to: backend, port: 8000}
- {from: frontend, to: backend, port: 8000}
- {from: backend, to: coordinator, port: 8080}
{{- range without (keys .Values.agents.members | sortAlpha) "coordinator" }}
- {from: coordinator, to: {{ . }}, port: 8080}
- {from: {{ . }}, to: mcp-server, port: 8001}
{{- end }}
{{- if include "agents.runBy" (list $ "kagent") }}
{{- range keys .Values.agents.members | sortAlpha }}
- {from: kagent-controller, to: {{ . }}, port: 8080}
{{- end }}
- {from: kagent-controller, to: mcp-server, port: 8001}
{{- end }}
{{- if include "agents.operations" $ }}
- {from: kagent-controller, to: kagent-operations, port: 8080}
- {from: kagent-operations, to: kagent-controller, port: 8083}
- {from: kagent-operations, to: kagent-tools, port: 8084}
- {from: kagent-operations, to: model, port: {{ include "wealth.modelPort" $ }}}
{{- end }}
{{- range list "backend" "mcp-server" "migrations" }}
- {from: {{ . }}, to: database, port: {{ $.Values.database.port }}}
{{- end }}
{{- if ne .Values.model.provider "offline" }}
{{- range keys .Values.agents.members | sortAlpha }}
- {from: {{ . }}, to: model, port: {{ include "wealth.modelPort" $ }}}
{{- end }}
{{- end }}
{{- end }}

{{- define "wealth.modelPort" -}}
{{- $url := urlParse .Values.model.baseUrl -}}
{{- regexFind "[0-9]+$" (regexFind ":[0-9]+$" $url.host) | default (ternary "80" "443" (eq $url.scheme "http")) -}}
{{- end }}

{{/* The other end of a path, as a list of peers: (list $ "<end>") */}}
{{- define "wealth.peers" -}}
{{- $root := index . 0 -}}
{{- $end := index . 1 -}}
{{- if eq $end "ingress-controller" }}
{{- with $root.Values.ingress.controllerNamespace -}}
- namespaceSelector:
    matchLabels: {kubernetes.io/metadata.name: {{ . }}}
{{- else -}}
- namespaceSelector:
    matchExpressions:
      - {key: kubernetes.io/metadata.name, operator: NotIn, values: [{{ $root.Release.Namespace }}]}
{{- end }}
{{- else if or (and (eq $end "database") $root.Values.database.external) (and (eq $end "model") $root.Values.model.baseUrl) -}}
# an address of the user's, which may be anywhere but where clouds keep credentials
- ipBlock: {cidr: 0.0.0.0/0, except: [169.254.0.0/16]}
- ipBlock: {cidr: "::/0", except: ["fe80::/10"]}
{{- else if eq $end "model" -}}
- ipBlock:
    cidr: 0.0.0.0/0
    except: [10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16, 172.16.0.0/12, 192.168.0.0/16]
- ipBlock:
    cidr: "::/0"
    except: ["::1/128", "fc00::/7", "fe80::/10"]
{{- else if eq $end "kagent-controller" -}}
- podSelector:
    matchLabels: {app.kubernetes.io/name: kagent, app.kubernetes.io/component: controller}
{{- else if eq $end "kagent-tools" -}}
- podSelector:
    matchLabels: {app.kubernetes.io/name: kagent-tools}
{{- else -}}
- podSelector:
    matchLabels:
      app.kubernetes.io/part-of: wealth-companion
      app.kubernetes.io/component: {{ $end }}
{{- end }}
{{- end }}

{{/* What a component may take and send: (list $ "<component>"). A component that sends may ask for names. */}}
{{- define "wealth.policy" -}}
{{- $root := index . 0 -}}
{{- $component := index . 1 -}}
{{- $in := list -}}
{{- $out := list -}}
{{- range include "wealth.paths" $root | fromYamlArray -}}
{{- if eq .to $component }}{{ $in = append $in . }}{{ end -}}
{{- if eq .from $component }}{{ $out = append $out . }}{{ end -}}
{{- end -}}
podSelector:
  matchLabels: {{- include "wealth.selector" . | nindent 4 }}
policyTypes: [Ingress, Egress]
{{- with $in }}
ingress:
  {{- range . }}
  - from: {{- include "wealth.peers" (list $root .from) | nindent 6 }}
    ports:
      - {port: {{ .port }}}
  {{- end }}
{{- end }}
{{- with $out }}
egress:
  {{- range . }}
  - to: {{- include "wealth.peers" (list $root .to) | nindent 6 }}
    ports:
      - {port: {{ .port }}}
  {{- end }}
  {{- include "wealth.names" . | nindent 2 }}
{{- end }}
{{- end }}

{{/* The cluster's name service */}}
{{- define "wealth.names" -}}
- to:
    - namespaceSelector:
        matchLabels: {kubernetes.io/metadata.name: kube-system}
      podSelector:
        matchLabels: {k8s-app: kube-dns}
  ports:
    - {port: 53, protocol: UDP}
    - {port: 53, protocol: TCP}
{{- end }}
