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
    - name: SECRETS
      value: /run/secrets/entitydb
    - name: WORK
      value: /tmp
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

{{/* Volumes of such a pod: dict "root" $ "keySecret" …, a Secret with an API key in place of the password. */}}
{{- define "entitydb.clientVolumes" -}}
{{- $root := .root }}
- name: tmp
  emptyDir:
    medium: Memory
    sizeLimit: {{ $root.Values.tmpSize }}
- name: auth
  secret:
    defaultMode: 0440
    {{- if .keySecret }}
    secretName: {{ .keySecret }}
    items:
      - key: api-key
        path: api-key
    {{- else }}
    secretName: {{ include "entitydb.authSecret" $root }}
    items:
      - key: {{ $root.Values.auth.adminPasswordKey }}
        path: admin-password
    {{- end }}
{{- if $root.Values.tls.enabled }}
- name: tls
  secret:
    secretName: {{ include "entitydb.tlsSecret" $root }}
    defaultMode: 0440
    items:
      - key: ca.crt
        path: ca.crt
{{- end }}
{{- end }}
