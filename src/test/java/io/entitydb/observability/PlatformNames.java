package io.entitydb.observability;

import java.util.Set;

/** Names that alerts and dashboard use besides those of {@link StoreMeter}, by who gives them. */
public final class PlatformNames {

    /** There from the start, of the Java virtual machine and the process. */
    public static final Set<String> PROCESS =
            Set.of(
                    "jvm_gc_overhead",
                    "jvm_memory_max_bytes",
                    "jvm_memory_usage_after_gc",
                    "jvm_memory_used_bytes",
                    "jvm_threads_live_threads",
                    "process_cpu_usage",
                    "process_files_max_files",
                    "process_files_open_files",
                    "process_start_time_seconds");

    /**
     * There after the first collection, after the first request, and where there is a certificate.
     */
    public static final Set<String> LATER =
            Set.of(
                    "http_server_requests_seconds_count",
                    "http_server_requests_seconds_max",
                    "http_server_requests_seconds_sum",
                    "jvm_gc_pause_seconds_count",
                    "jvm_gc_pause_seconds_sum",
                    "ssl_chain_expiry_seconds");

    /** Of Prometheus, the kubelet and kube-state-metrics. */
    public static final Set<String> CLUSTER =
            Set.of(
                    "kube_job_status_failed",
                    "kube_pod_container_status_last_terminated_reason",
                    "kube_pod_container_status_restarts_total",
                    "kube_pod_status_ready",
                    "kubelet_volume_stats_available_bytes",
                    "kubelet_volume_stats_capacity_bytes",
                    "up");

    private PlatformNames() {}
}
