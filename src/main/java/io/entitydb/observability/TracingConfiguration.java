package io.entitydb.observability;

import io.entitydb.entity.StepObserver;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import io.opentelemetry.sdk.trace.export.SpanExporter;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.observation.ServerRequestObservationConvention;

/**
 * What becomes a span: requests, and their {@linkplain StepObserver steps}. Nothing else that
 * Spring observes does, such as its checks of rights.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(TracingCondition.class)
class TracingConfiguration {

    @Bean
    RequestSpans requestSpans(Tracer tracer, Propagator propagator) {
        return new RequestSpans(tracer, propagator);
    }

    @Bean
    StepSpans stepSpans(Tracer tracer) {
        return new StepSpans(tracer);
    }

    @Bean
    StepObserver stepObserver(ObjectProvider<ObservationRegistry> registry) {
        return new ObservedSteps(registry);
    }

    /** Steps have meters of their own, which are there without spans, too. */
    @Bean
    MeterFilter stepsWithoutTimers() {
        return MeterFilter.denyNameStartsWith(ObservedSteps.NAME);
    }

    @Bean
    ServerRequestObservationConvention requestConvention() {
        return new RequestConvention();
    }

    @Bean
    SpanExporters spanExporters(ObjectProvider<SpanExporter> exporters) {
        return SpanExporters.of(exporters.orderedStream().map(ReportedExporter::new).toList());
    }
}
