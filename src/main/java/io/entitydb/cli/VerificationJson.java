package io.entitydb.cli;

import io.entitydb.storage.repair.ConcernedEntity;
import io.entitydb.storage.repair.Finding;
import io.entitydb.storage.repair.LogFigures;
import io.entitydb.storage.repair.VerificationReport;

import tools.jackson.databind.json.JsonMapper;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A verification as a document for programs. Names do not change; more may come. */
final class VerificationJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private VerificationJson() {}

    static String of(VerificationReport report) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document(report));
    }

    static Map<String, Object> document(VerificationReport report) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("result", report.isDamaged() ? "damaged" : "sound");
        document.put("file", report.file());
        document.put("fileBytes", report.fileBytes());
        document.put("log", figures(report.figures()));
        document.put("findingCount", report.findingCount());
        document.put(
                "findings", report.findings().stream().map(VerificationJson::finding).toList());
        document.put("skipped", report.skipped());
        document.put("delete", Advice.deletions(report));
        document.put("elapsedMillis", report.elapsed().toMillis());
        return document;
    }

    private static Map<String, Object> figures(LogFigures figures) {
        Map<String, Object> log = new LinkedHashMap<>();
        log.put("frames", figures.frames());
        log.put("transactions", figures.transactions());
        log.put("versions", figures.versions());
        log.put("livingEntities", figures.livingEntities());
        log.put("chunks", figures.chunks());
        log.put("stubs", figures.stubs());
        log.put("erased", figures.erased());
        log.put("losses", figures.losses());
        log.put("lastSequence", figures.lastSequence());
        log.put("lastDigest", figures.lastDigest().toString());
        return log;
    }

    private static Map<String, Object> finding(Finding finding) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("code", finding.code().code());
        fields.put("severity", finding.code().severity().name().toLowerCase(Locale.ROOT));
        fields.put("file", finding.file());
        fields.put("position", finding.position());
        fields.put("end", finding.end());
        fields.put("firstSequence", finding.sequences().first());
        fields.put("lastSequence", finding.sequences().last());
        fields.put("entities", finding.entities().stream().map(VerificationJson::entity).toList());
        fields.put("expected", finding.expected());
        fields.put("found", finding.found());
        return fields;
    }

    private static Map<String, Object> entity(ConcernedEntity entity) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("dataset", entity.key().dataset());
        fields.put("id", entity.key().id());
        fields.put("proven", entity.isProven());
        return fields;
    }
}
