package io.entitydb.observability;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

import java.util.Set;

/**
 * Keeps out what Spring Boot would make because OpenTelemetry is on the class path: everything
 * while {@linkplain TracingCondition tracing is off}, so that it costs nothing, and else all but
 * what sends spans. Logs and meters have their own ways out.
 */
final class TracingImports implements AutoConfigurationImportFilter, EnvironmentAware {

    private static final String TRACING = "org.springframework.boot.micrometer.tracing.";
    private static final String OPEN_TELEMETRY = "org.springframework.boot.opentelemetry.";

    private static final Set<String> WANTED =
            Set.of(
                    OPEN_TELEMETRY + "autoconfigure.OpenTelemetrySdkAutoConfiguration",
                    TRACING + "opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration",
                    TRACING + "opentelemetry.autoconfigure.otlp.OtlpTracingAutoConfiguration");

    private Environment environment = new StandardEnvironment();

    @Override
    public void setEnvironment(Environment environment) {
        this.environment = environment;
    }

    @Override
    public boolean[] match(@Nullable String[] configurations, AutoConfigurationMetadata metadata) {
        boolean isOn = TracingCondition.isMet(environment);
        boolean[] matches = new boolean[configurations.length];
        for (int i = 0; i < matches.length; i++) {
            matches[i] = isImported(configurations[i], isOn);
        }
        return matches;
    }

    /** Is asked for the parts of a configuration, too; they come with it. */
    private static boolean isImported(@Nullable String configuration, boolean isOn) {
        if (configuration == null
                || !configuration.endsWith("AutoConfiguration")
                || !(configuration.startsWith(TRACING)
                        || configuration.startsWith(OPEN_TELEMETRY))) {
            return true;
        }
        return isOn && WANTED.contains(configuration);
    }
}
