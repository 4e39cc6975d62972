{{- define "entitydb.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* At most 45 characters, so that suffixes of objects, jobs and pods have room within 63. */}}
{{- define "entitydb.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 45 | trimSuffix "-" }}
{{- else if contains (include "entitydb.name" .) .Release.Name }}
{{- .Release.Name | trunc 45 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "entitydb.name" .) | trunc 45 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{/* What the selector of the StatefulSet is made of: it can never change. */}}
{{- define "entitydb.selectorLabels" -}}
app.kubernetes.io/name: {{ include "entitydb.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "entitydb.labels" -}}
{{- $labels := dict
    "helm.sh/chart" (printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-")
    "app.kubernetes.io/version" (.Chart.AppVersion | replace "+" "_" | trunc 63 | trimSuffix "-")
    "app.kubernetes.io/managed-by" .Release.Service
    "app.kubernetes.io/part-of" "entitydb" }}
{{- toYaml (merge (include "entitydb.selectorLabels" . | fromYaml) $labels .Values.commonLabels) }}
{{- end }}

{{/* Metadata of an object: dict "root" $ "name" … "component" … "namespace" … "labels" … "annotations" … */}}
{{- define "entitydb.metadata" -}}
name: {{ .name }}
namespace: {{ default .root.Release.Namespace .namespace }}
labels:
  {{- $own := include "entitydb.labels" .root | fromYaml }}
  {{- if .component }}
  {{- $own = set $own "app.kubernetes.io/component" .component }}
  {{- end }}
  {{- toYaml (merge $own (default dict .labels)) | nindent 2 }}
{{- with mergeOverwrite (deepCopy .root.Values.commonAnnotations) (default dict .annotations) }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "entitydb.image" -}}
{{- $image := .Values.image }}
{{- if $image.digest }}
{{- printf "%s@%s" $image.repository $image.digest }}
{{- else }}
{{- printf "%s:%s" $image.repository (default .Chart.AppVersion $image.tag) }}
{{- end }}
{{- end }}

{{- define "entitydb.toolsImage" -}}
{{- $image := .Values.toolsImage }}
{{- if $image.digest }}
{{- printf "%s@%s" $image.repository $image.digest }}
{{- else }}
{{- printf "%s:%s" $image.repository $image.tag }}
{{- end }}
{{- end }}

{{- define "entitydb.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "entitydb.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- define "entitydb.authSecret" -}}
{{- default (printf "%s-auth" (include "entitydb.fullname" .)) .Values.auth.existingSecret }}
{{- end }}

{{- define "entitydb.tlsSecret" -}}
{{- if not (or .Values.tls.existingSecret .Values.tls.certManager.enabled) }}
{{- fail "tls.enabled needs tls.existingSecret or tls.certManager.enabled" }}
{{- end }}
{{- default (printf "%s-tls" (include "entitydb.fullname" .)) .Values.tls.existingSecret }}
{{- end }}

{{- define "entitydb.backupClaim" -}}
{{- default (printf "%s-backup" (include "entitydb.fullname" .)) .Values.backup.existingClaim }}
{{- end }}

{{- define "entitydb.scheme" -}}
{{- ternary "https" "http" .Values.tls.enabled }}
{{- end }}

{{/* Where pods of the release find the service; the certificate names this host. */}}
{{- define "entitydb.url" -}}
{{- printf "%s://%s.%s.svc:%v" (include "entitydb.scheme" .) (include "entitydb.fullname" .) .Release.Namespace .Values.service.port }}
{{- end }}

{{/* What the chart itself sets, and over it what the user sets. */}}
{{- define "entitydb.configuration" -}}
{{- $own := dict "entitydb" (dict
    "storage" (dict "directory" "/data/store")
    "security" (dict
        "anonymous-endpoints" (ternary "health,prometheus" "health" .Values.metrics.enabled)
        "signing-key-file" "/run/secrets/entitydb-signing/signing-keys")) }}
{{- if .Values.tls.enabled }}
{{- $_ := set $own "spring" (dict "ssl" (dict "bundle" (dict "pem" (dict "entitydb" (dict
    "reload-on-update" true
    "keystore" (dict
        "certificate" "/run/secrets/entitydb-tls/tls.crt"
        "private-key" "/run/secrets/entitydb-tls/tls.key")))))) }}
{{- $_ := set $own "server" (dict "ssl" (dict "bundle" "entitydb")) }}
{{- end }}
{{- if .Values.backup.enabled }}
{{- $_ := set $own.entitydb "backup" (dict
    "directory" "/backup" "increments" .Values.backup.increments "keep" .Values.backup.keep) }}
{{- end }}
{{- with .Values.tracing }}
{{- if .endpoint }}
{{- $_ := set $own "management" (dict
    "opentelemetry" (dict "tracing" (dict "export" (dict "otlp" (dict "endpoint" .endpoint))))
    "tracing" (dict "sampling" (dict "probability" .sampling))) }}
{{- end }}
{{- end }}
{{- toYaml (mergeOverwrite $own (deepCopy .Values.configuration)) }}
{{- end }}

{{/* A CA that signed the service's certificate, for the chart's own clients. */}}
{{- define "entitydb.curl" -}}
curl --silent --show-error --fail-with-body --max-time 60{{ if .Values.tls.enabled }} --cacert /run/secrets/entitydb-tls/ca.crt{{ end }}
{{- end }}
