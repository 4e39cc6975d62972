{{/* What all pods of the chart have in common. */}}
{{- define "entitydb.podSettings" -}}
serviceAccountName: {{ include "entitydb.serviceAccountName" . }}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  {{- toYaml .Values.podSecurityContext | nindent 2 }}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "entitydb.probe" -}}
httpGet:
  path: {{ .path }}
  port: api
  scheme: {{ include "entitydb.scheme" .root | upper }}
{{- with .probe }}
periodSeconds: {{ .periodSeconds }}
timeoutSeconds: {{ .timeoutSeconds }}
failureThreshold: {{ .failureThreshold }}
{{- end }}
{{- end }}

{{- define "entitydb.restoreContainer" -}}
- name: restore
  image: {{ include "entitydb.image" . }}
  imagePullPolicy: {{ .Values.image.pullPolicy }}
  securityContext:
    {{- toYaml .Values.securityContext | nindent 4 }}
  env:
    - name: DATA
      value: /data
    - name: RESTORE_FROM
      value: {{ printf "/restore/%s" .Values.restore.path | quote }}
    - name: RESTORE_AT
      value: {{ .Values.restore.at | quote }}
  command:
    - bash
    - -euc
    - |
      {{- .Files.Get "files/restore.sh" | nindent 6 }}
  resources:
    {{- toYaml .Values.resources | nindent 4 }}
  volumeMounts:
    - name: data
      mountPath: /data
    - name: tmp
      mountPath: /tmp
    - name: restore
      mountPath: /restore
      readOnly: true
{{- end }}
