package io.entitydb.observability;

import lombok.RequiredArgsConstructor;

import org.springframework.beans.factory.ObjectProvider;

import java.util.function.ToLongFunction;

/**
 * Figures of a part that a service may not have: they are zero then.
 *
 * @param <T> what tells them
 */
@RequiredArgsConstructor
final class Figures<T> {

    private final ObjectProvider<T> part;

    /** A figure of this moment. */
    long read(ToLongFunction<T> figure) {
        T present = part.getIfAvailable();
        return present == null ? 0 : figure.applyAsLong(present);
    }
}
