package io.entitydb.cli;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.repair.DamagedPart;
import io.entitydb.storage.repair.Repair;
import io.entitydb.storage.repair.RepairPlan;

import lombok.RequiredArgsConstructor;

import tools.jackson.databind.json.JsonMapper;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What is said of a repair or compaction, for people or for programs. */
@RequiredArgsConstructor
final class RepairOutput {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int LISTED = 20;

    private final PrintWriter out;
    private final boolean isJson;

    /** What would be done, and what is left to do. */
    void print(RepairPlan plan, String result, String advice) {
        if (isJson) {
            print(document(plan, result));
        } else {
            printText(plan);
            out.println(advice);
        }
    }

    /** What was done. */
    void print(Repair.Result done, String result) {
        if (isJson) {
            Map<String, Object> document = document(done.plan(), result);
            document.put("aside", done.aside());
            document.put("bytesBefore", done.oldBytes());
            document.put("bytesAfter", done.newBytes());
            document.put("indexWritten", done.isIndexWritten());
            print(document);
            return;
        }
        printText(done.plan());
        out.printf(
                Locale.ROOT,
                "%s: %,d bytes before, %,d bytes of history now. The old file is kept as %s.%n",
                result,
                done.oldBytes(),
                done.newBytes(),
                done.aside());
    }

    private void print(Map<String, Object> document) {
        out.println(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document));
    }

    private void printText(RepairPlan plan) {
        out.printf(Locale.ROOT, "History up to transaction %,d.%n", plan.lastSequence());
        if (plan.isHeaderLost()) {
            out.println(
                    "Header: no slot is valid; it is made from what is left and from the frames.");
        }
        if (plan.damagedParts() > 0) {
            out.printf(Locale.ROOT, "Damaged: %,d parts%n", plan.damagedParts());
            plan.parts().stream().limit(LISTED).forEach(this::print);
            more(plan.damagedParts());
        }
        if (plan.tailBytes() > 0) {
            out.printf(
                    Locale.ROOT,
                    "Left out: %,d bytes behind the last frame, in which nothing was acknowledged.%n",
                    plan.tailBytes());
        }
        plan.keptTransactions()
                .forEach(
                        (file, count) ->
                                out.printf(
                                        Locale.ROOT,
                                        "Kept: %,d transactions of %s%n",
                                        count,
                                        file));
        if (!plan.lost().isEmpty()) {
            out.println(
                    "Lost: transactions "
                            + plan.lost().stream()
                                    .limit(LISTED)
                                    .map(RepairOutput::text)
                                    .collect(Collectors.joining(", ")));
            more(plan.lost().size());
        }
        if (plan.ruinedVersions() > 0) {
            out.printf(
                    Locale.ROOT,
                    "Lost: %,d versions of transactions that are kept%n",
                    plan.ruinedVersions());
        }
        if (!plan.entities().isEmpty()) {
            out.println(
                    "Entities that lose versions, as far as known: "
                            + plan.entities().stream()
                                    .limit(LISTED)
                                    .map(RepairOutput::text)
                                    .collect(Collectors.joining(", ")));
            more(plan.entities().size());
        }
    }

    private void print(DamagedPart part) {
        out.println("    " + part.position() + " to " + part.end() + ": " + part.reason());
    }

    private void more(int count) {
        if (count > LISTED) {
            out.println("    … and " + (count - LISTED) + " more; --json lists up to 1,000");
        }
    }

    private static String text(RepairPlan.LostRange range) {
        return range.first() == range.last()
                ? String.valueOf(range.first())
                : range.first() + " to " + range.last();
    }

    private static String text(EntityKey key) {
        return key.dataset() + "/" + key.id();
    }

    private static Map<String, Object> document(RepairPlan plan, String result) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("result", result);
        document.put("lastSequence", plan.lastSequence());
        document.put("headerLost", plan.isHeaderLost());
        document.put("keptTransactions", plan.keptTransactions());
        document.put("lostTransactions", plan.lost().stream().map(RepairOutput::range).toList());
        document.put("lostVersions", plan.ruinedVersions());
        document.put("entities", plan.entities().stream().map(RepairOutput::entity).toList());
        document.put("damagedPartCount", plan.damagedParts());
        document.put("damagedParts", plan.parts().stream().map(RepairOutput::part).toList());
        document.put("tailBytes", plan.tailBytes());
        return document;
    }

    private static Map<String, Object> part(DamagedPart part) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("position", part.position());
        fields.put("end", part.end());
        fields.put("reason", part.reason());
        return fields;
    }

    private static List<Long> range(RepairPlan.LostRange range) {
        return List.of(range.first(), range.last());
    }

    private static Map<String, Object> entity(EntityKey key) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("dataset", key.dataset());
        fields.put("id", key.id());
        return fields;
    }
}
