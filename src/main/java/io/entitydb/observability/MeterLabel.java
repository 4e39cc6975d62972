package io.entitydb.observability;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A label of a meter and all values that it can have. They are known when the service starts and
 * never come from data.
 *
 * @param name the label's name
 * @param values its values; empty if it has one, which the start gives
 */
record MeterLabel(String name, List<String> values) {

    MeterLabel {
        values = List.copyOf(values);
    }

    static MeterLabel of(String name, String... values) {
        return new MeterLabel(name, List.of(values));
    }

    /** The values as an enum lists them. */
    static MeterLabel of(String name, Enum<?>[] values) {
        return new MeterLabel(name, Arrays.stream(values).map(MeterLabel::value).toList());
    }

    /** One value, which is not known before the start. */
    static MeterLabel givenAtStart(String name) {
        return new MeterLabel(name, List.of());
    }

    /** How the constant of an enum is written. */
    static String value(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    boolean allows(String value) {
        return values.isEmpty() || values.contains(value);
    }
}
