package io.entitydb.storage;

import io.entitydb.storage.FormatDoc.Constant;
import io.entitydb.storage.FormatDoc.Row;
import io.entitydb.storage.FormatDoc.Section;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares a section of FORMAT.md with the constants of the class that it names. */
final class LayoutComparison {

    private final Map<String, Long> constants = new TreeMap<>();
    private final List<String> differences = new ArrayList<>();

    private LayoutComparison() {}

    /** Every way in which they differ; empty if they agree. */
    static List<String> differences(Section section, Class<?> layout) {
        LayoutComparison comparison = new LayoutComparison();
        comparison.readConstants(layout);
        section.tables().forEach(comparison::compareOffsets);
        section.rows().forEach(comparison::compareSize);
        section.constants().forEach(comparison::compareConstant);
        comparison.constants.forEach(
                (name, value) ->
                        comparison.differences.add("constant " + name + " has no row in the page"));
        return comparison.differences;
    }

    private void readConstants(Class<?> layout) {
        for (Field field : layout.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
                constants.put(field.getName(), valueOf(field));
            }
        }
    }

    private static long valueOf(Field field) {
        try {
            field.setAccessible(true);
            return ((Number) field.get(null)).longValue();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private void compareOffsets(List<Row> table) {
        long expected = table.isEmpty() ? 0 : table.getFirst().offset();
        for (Row row : table) {
            if (row.offset() != expected) {
                differences.add("row " + row.name() + " leaves a gap or overlaps");
            }
            compareConstant(new Constant(row.constant(), row.offset()));
            expected = row.end().orElse(row.offset());
        }
    }

    private void compareSize(Row row) {
        String name = row.constant() + "_BYTES";
        row.end()
                .filter(end -> constants.containsKey(name))
                .ifPresent(end -> compareConstant(new Constant(name, end - row.offset())));
    }

    private void compareConstant(Constant described) {
        Long actual = constants.remove(described.name());
        if (actual == null) {
            differences.add("row " + described.name() + " has no constant");
        } else if (actual != described.value()) {
            differences.add(
                    "%s is %d in the page and %d in the class"
                            .formatted(described.name(), described.value(), actual));
        }
    }
}
