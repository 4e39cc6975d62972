package io.entitydb.cli;

import io.entitydb.storage.repair.Inspection;
import io.entitydb.temporal.Timestamp;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What an inspection saw, for people or for programs. */
@RequiredArgsConstructor
final class InspectionOutput {

    private final PrintWriter out;

    void json(Inspection.Result result) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("fileBytes", result.fileBytes());
        document.put("slots", result.slots().stream().map(InspectionOutput::slot).toList());
        Map<String, Object> space = new LinkedHashMap<>();
        result.space()
                .forEach(
                        (name, use) ->
                                space.put(
                                        name, Map.of("count", use.count(), "bytes", use.bytes())));
        document.put("space", space);
        document.put("frames", result.frames().stream().map(InspectionOutput::frame).toList());
        Documents.print(out, document);
    }

    private static Map<String, Object> slot(Inspection.SlotFigures slot) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("position", slot.position());
        fields.put("valid", slot.fields() != null);
        if (slot.problem() != null) {
            fields.put("problem", slot.problem());
        }
        fields.putAll(fields(slot.fields()));
        return fields;
    }

    private static Map<String, Object> fields(Inspection.@Nullable HeaderFields header) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (header == null) {
            return fields;
        }
        fields.put("generation", header.generation());
        fields.put("storeId", header.storeId().toString());
        fields.put("fileId", header.fileId().toString());
        fields.put("createdAt", new Timestamp(header.createdAt()).toString());
        fields.put("interval", header.isInterval());
        fields.put("epoch", header.epoch());
        fields.put("fileSize", header.fileSize());
        fields.put("dataSize", header.dataSize());
        fields.put("walOffset", header.walOffset());
        fields.put("walSequence", header.walSequence());
        fields.put("checkpointSequence", header.checkpointSequence());
        fields.put("tagDictOffset", header.tagDictOffset());
        fields.put("tagDictSize", header.tagDictSize());
        fields.put("entityCount", header.entityCount());
        fields.put("lastModified", new Timestamp(header.lastModified()).toString());
        fields.put("lastDigest", header.lastDigest());
        return fields;
    }

    private static Map<String, Object> frame(Inspection.FrameFigures frame) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("position", frame.position());
        fields.put("length", frame.length());
        fields.put("kind", frame.kind());
        fields.put("number", frame.number());
        fields.put("records", frame.records());
        if (frame.sequence() > 0) {
            fields.put("transaction", frame.sequence());
            fields.put("instant", new Timestamp(frame.commitTime()).toString());
        }
        if (frame.problem() != null) {
            fields.put("problem", frame.problem());
        }
        return fields;
    }

    void text(Inspection.Result result) {
        for (Inspection.SlotFigures slot : result.slots()) {
            out.println(
                    "header slot at "
                            + slot.position()
                            + (slot.problem() == null ? "" : ": not valid: " + slot.problem()));
            fields(slot.fields())
                    .forEach((name, value) -> out.printf("    %-18s %s%n", name, value));
        }
        out.printf(Locale.ROOT, "space, of %,d bytes%n", result.fileBytes());
        result.space()
                .forEach(
                        (name, use) ->
                                out.printf(
                                        Locale.ROOT,
                                        "    %-18s %,15d bytes in %,d%n",
                                        name,
                                        use.bytes(),
                                        use.count()));
        if (!result.frames().isEmpty()) {
            out.println("frames");
        }
        result.frames().forEach(this::line);
    }

    private void line(Inspection.FrameFigures frame) {
        out.printf(
                Locale.ROOT,
                "    %12d %9d  %-11s %8d%s%s%n",
                frame.position(),
                frame.length(),
                frame.kind(),
                frame.number(),
                frame.sequence() == 0
                        ? ""
                        : "  tx:" + frame.sequence() + " " + new Timestamp(frame.commitTime()),
                frame.problem() == null ? "" : "  " + frame.problem());
    }
}
