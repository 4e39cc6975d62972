package io.entitydb.web.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.StepObserver;
import io.entitydb.web.Api;
import io.entitydb.web.ServiceTest;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.trace.export.SpanExporter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

import java.util.Arrays;
import java.util.Locale;

/** Nobody said where spans are sent: nothing of tracing is there but the ids of clients. */
@ServiceTest
class TracingOffIT {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Autowired private ApplicationContext context;

    @ParameterizedTest
    @ValueSource(
            classes = {Tracer.class, OpenTelemetry.class, SpanExporter.class, StepObserver.class})
    void nothingIsConfigured(Class<?> part) {
        assertThat(context.getBeanNamesForType(part)).isEmpty();
    }

    @Test
    void nothingOfItIsMade() {
        assertThat(context.getBeanDefinitionNames())
                .extracting(name -> context.getType(name))
                .filteredOn(type -> type != null)
                .extracting(Class::getName)
                .noneMatch(name -> name.startsWith("org.springframework.boot.micrometer.tracing"))
                .noneMatch(name -> name.startsWith("org.springframework.boot.opentelemetry"))
                .noneMatch(name -> name.startsWith("io.opentelemetry"));
    }

    @Test
    void idOfTheClientIsKept(Api admin) {
        assertThat(
                        admin.get(
                                        Api.entity("default", "none"),
                                        "traceparent",
                                        "00-" + TRACE + "-00f067aa0ba902b7-01")
                                .expectProblem(404, "entity-not-found")
                                .json()
                                .get("traceId")
                                .asString())
                .isEqualTo(TRACE);
    }

    @Test
    void exporterOfMetricsIsNotThere() {
        assertThat(Arrays.stream(context.getBeanDefinitionNames()))
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("otlp"));
    }
}
