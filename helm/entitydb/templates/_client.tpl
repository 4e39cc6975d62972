{{/* A container of a pod that calls the service with curl: dict "root" $ "name" … "script" … "resources" … */}}
{{- define "entitydb.clientContainer" -}}
- name: {{ .name }}
  image: {{ include "entitydb.toolsImage" .root }}
  imagePullPolicy: {{ .root.Values.toolsImage.pullPolicy }}
  securityContext:
    {{- toYaml .root.Values.securityContext | nindent 4 }}
  env:
    - name: URL
      value: {{ include "entitydb.url" .root | quote }}
    - name: CURL
      value: {{ include "entitydb.curl" .root | quote }}
  command:
    - sh
    - -euc
    - |
      {{- .root.Files.Get "files/client.sh" | nindent 6 }}
      {{- .root.Files.Get .script | nindent 6 }}
  {{- with .resources }}
  resources:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  volumeMounts:
    - name: tmp
      mountPath: /tmp
    - name: auth
      mountPath: /run/secrets/entitydb
      readOnly: true
    {{- if .root.Values.tls.enabled }}
    - name: tls
      mountPath: /run/secrets/entitydb-tls
      readOnly: true
    {{- end }}
{{- end }}

{{- define "entitydb.backupContainer" -}}
{{- include "entitydb.clientContainer" (dict "root" . "name" "backup" "script" "files/backup.sh" "resources" .Values.backup.resources) }}
{{- end }}

{{- define "entitydb.clientVolumes" -}}
- name: tmp
  emptyDir:
    medium: Memory
    sizeLimit: {{ .Values.tmpSize }}
- name: auth
  secret:
    secretName: {{ include "entitydb.authSecret" . }}
    defaultMode: 0440
    items:
      - key: {{ .Values.auth.adminPasswordKey }}
        path: admin-password
{{- if .Values.tls.enabled }}
- name: tls
  secret:
    secretName: {{ include "entitydb.tlsSecret" . }}
    defaultMode: 0440
    items:
      - key: ca.crt
        path: ca.crt
{{- end }}
{{- end }}
