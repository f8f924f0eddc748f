{{- define "copilot.labels" -}}
app.kubernetes.io/name: observability-copilot
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
