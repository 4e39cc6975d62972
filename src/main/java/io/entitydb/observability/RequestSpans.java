package io.entitydb.observability;

import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.propagation.Propagator;

/** Makes spans of requests, within the client's trace if there is one. */
final class RequestSpans extends PropagatingReceiverTracingObservationHandler<ReceiverContext<?>> {

    RequestSpans(Tracer tracer, Propagator propagator) {
        super(tracer, propagator);
    }

    /** Marks the span as failed, by the kind of the error: its message may tell what is stored. */
    @Override
    public void onError(ReceiverContext<?> context) {
        Throwable error = context.getError();
        if (error != null) {
            getRequiredSpan(context).error(new NamedError(error.getClass().getSimpleName()));
        }
    }

    /** An error that has a name and nothing else. */
    private static final class NamedError extends Exception {

        private static final long serialVersionUID = 1L;

        NamedError(String name) {
            super(name, null, false, false);
        }
    }
}
