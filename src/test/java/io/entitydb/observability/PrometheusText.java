package io.entitydb.observability;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Metrics in Prometheus' text format.
 *
 * @param types type by family
 * @param samples in order
 */
record PrometheusText(Map<String, String> types, List<Sample> samples) {

    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z0-9_:]+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z0-9_]+)=\"([^\"]*)\"");

    /** Reads the families whose names begin with a prefix. */
    static PrometheusText parse(String text, String prefix) {
        Map<String, String> types =
                text.lines()
                        .map(TYPE::matcher)
                        .filter(Matcher::matches)
                        .filter(match -> match.group(1).startsWith(prefix))
                        .collect(Collectors.toMap(m -> m.group(1), m -> m.group(2)));
        List<Sample> samples =
                text.lines()
                        .map(SAMPLE::matcher)
                        .filter(Matcher::matches)
                        .filter(match -> match.group(1).startsWith(prefix))
                        .map(Sample::of)
                        .toList();
        return new PrometheusText(types, samples);
    }

    /** The label sets of the samples of that name. */
    List<Map<String, String>> labels(String name) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name))
                .map(Sample::labels)
                .toList();
    }

    /**
     * A line.
     *
     * @param name the sample's name
     * @param labels the sample's labels
     * @param value the sample's value
     */
    record Sample(String name, Map<String, String> labels, double value) {

        private static Sample of(Matcher match) {
            Map<String, String> labels = new TreeMap<>();
            String text = match.group(2) == null ? "" : match.group(2);
            LABEL.matcher(text)
                    .results()
                    .forEach(label -> labels.put(label.group(1), label.group(2)));
            return new Sample(match.group(1), labels, Double.parseDouble(match.group(3)));
        }
    }
}
