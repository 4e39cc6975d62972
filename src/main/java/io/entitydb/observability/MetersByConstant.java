package io.entitydb.observability;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** One meter for each constant of an enum, made at once. */
final class MetersByConstant<E extends Enum<E>, M> {

    private final Map<E, M> meters;

    /**
     * Makes the meters.
     *
     * @param constants the enum
     * @param meter makes the one of a label value
     */
    MetersByConstant(Class<E> constants, Function<String, M> meter) {
        meters = new EnumMap<>(constants);
        for (E constant : constants.getEnumConstants()) {
            meters.put(constant, meter.apply(MeterLabel.value(constant)));
        }
    }

    M of(E constant) {
        return Objects.requireNonNull(meters.get(constant));
    }
}
