package io.entitydb.observability;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The names under which Prometheus reads the meters of {@link StoreMeter}. */
public final class MeterNames {

    /** Read from the engine, which keeps no maximum. */
    private static final Set<StoreMeter> WITHOUT_MAXIMUM =
            Set.of(StoreMeter.QUERY, StoreMeter.HEADER_LOCK_WAIT);

    private MeterNames() {}

    /** The names of all samples. */
    public static Set<String> all() {
        return Arrays.stream(StoreMeter.values())
                .flatMap(meter -> samples(meter).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> samples(StoreMeter meter) {
        String family = family(meter);
        Set<String> names = new TreeSet<>();
        switch (meter.kind()) {
            case COUNTER, GAUGE -> names.add(family);
            case TIMER, HISTOGRAM, SUMMARY -> {
                names.add(family + "_count");
                names.add(family + "_sum");
            }
        }
        if (meter.kind() == StoreMeter.Kind.HISTOGRAM) {
            names.add(family + "_bucket");
        }
        if (hasMaximum(meter)) {
            names.add(family + "_max");
        }
        return names;
    }

    /** The name without the suffix of its samples. */
    static String family(StoreMeter meter) {
        String name = meter.path().replace('.', '_');
        String unit = meter.unit().isEmpty() ? "" : "_" + meter.unit();
        return switch (meter.kind()) {
            case COUNTER -> name + unit + "_total";
            case GAUGE, SUMMARY -> name + unit;
            case TIMER, HISTOGRAM -> name + "_seconds";
        };
    }

    static boolean hasMaximum(StoreMeter meter) {
        return switch (meter.kind()) {
            case COUNTER, GAUGE -> false;
            case TIMER, HISTOGRAM, SUMMARY -> !WITHOUT_MAXIMUM.contains(meter);
        };
    }
}
