package io.entitydb.cli;

import io.entitydb.backup.BackupVerification;

import lombok.RequiredArgsConstructor;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a check of backups found, for people or for programs. */
@RequiredArgsConstructor
final class BackupChainOutput {

    private final PrintWriter out;

    void print(BackupVerification.Result result, Path path, boolean isJson) {
        if (isJson) {
            Documents.print(out, document(result));
            return;
        }
        for (BackupVerification.Checked chain : result.chains()) {
            out.println(String.join(" + ", chain.backups()));
            new VerificationText(out).print(chain.report(), path);
        }
        result.problems().forEach(out::println);
        out.println(result.isDamaged() ? "DAMAGED" : "SOUND");
    }

    private static Map<String, Object> document(BackupVerification.Result result) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("result", result.isDamaged() ? "damaged" : "sound");
        document.put("problems", result.problems());
        document.put("chains", result.chains().stream().map(BackupChainOutput::chain).toList());
        return document;
    }

    private static Map<String, Object> chain(BackupVerification.Checked chain) {
        Map<String, Object> document = VerificationJson.document(chain.report());
        document.put("backups", chain.backups());
        return document;
    }
}
