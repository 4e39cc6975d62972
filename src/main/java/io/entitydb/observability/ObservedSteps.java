package io.entitydb.observability;

import io.entitydb.entity.StepObserver;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.storage.error.OutcomeUnknownException;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

import java.util.Locale;
import java.util.function.Supplier;

/**
 * Observes the steps of requests. Steps that belong to none, such as those of housekeeping, are not
 * observed.
 */
@RequiredArgsConstructor
final class ObservedSteps implements StepObserver {

    /** How the names of the observations begin. */
    static final String NAME = "entitydb.step";

    private final ObjectProvider<ObservationRegistry> registry;

    /** Tells an observation of a step from all others. */
    static final class StepContext extends Observation.Context {}

    @Override
    public <T extends @Nullable Object> T observed(Step step, Supplier<T> work) {
        ObservationRegistry present = registry.getObject();
        if (present.getCurrentObservation() == null) {
            return work.get();
        }
        String name = step.name().toLowerCase(Locale.ROOT);
        Observation observation =
                Observation.createNotStarted(NAME + "." + name, StepContext::new, present)
                        .contextualName(name)
                        .start();
        String outcome = "done";
        try (Observation.Scope _ = observation.openScope()) {
            return work.get();
        } catch (RuntimeException | Error e) {
            outcome = outcome(e);
            throw e;
        } finally {
            observation.lowCardinalityKeyValue("outcome", outcome).stop();
        }
    }

    private static String outcome(Throwable error) {
        return switch (error) {
            case VersionConflictException e -> "conflict";
            case OutcomeUnknownException e -> "unknown";
            default -> "failed";
        };
    }
}
