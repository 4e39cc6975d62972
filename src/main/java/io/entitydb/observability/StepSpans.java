package io.entitydb.observability;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;

/** Makes spans of steps, within that of their request, and of nothing else. */
final class StepSpans extends DefaultTracingObservationHandler {

    StepSpans(Tracer tracer) {
        super(tracer);
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof ObservedSteps.StepContext;
    }
}
