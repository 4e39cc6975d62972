package io.entitydb.web.transactions;

import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;
import io.entitydb.web.problem.Violation;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;

/**
 * What is kept with a transaction.
 *
 * @param reason why it was made
 * @param metadata an object of the client's making
 */
record TransactionNote(@Nullable String reason, @Nullable ObjectNode metadata) {

    /** Longest reason, in characters. */
    static final int MAX_REASON = 1024;

    /** Largest metadata, in bytes of JSON. */
    static final int MAX_METADATA = 16 * 1024;

    /**
     * The note of a request.
     *
     * @param metadataBytes length of the metadata as they are stored
     * @throws ProblemException if a part is too large or no text
     */
    static TransactionNote of(TransactionRequest request, int metadataBytes) {
        String reason = request.reason();
        if (reason != null && (reason.isBlank() || reason.length() > MAX_REASON)) {
            throw invalid("/reason", "a reason is 1 to " + MAX_REASON + " characters");
        }
        if (reason != null && !isText(reason)) {
            throw invalid("/reason", "a reason has no unpaired surrogates");
        }
        if (request.metadata() != null && !isText(request.metadata().toString())) {
            throw invalid("/metadata", "metadata have no unpaired surrogates");
        }
        if (metadataBytes > MAX_METADATA) {
            throw invalid("/metadata", "metadata are at most " + MAX_METADATA + " bytes of JSON");
        }
        return new TransactionNote(reason, request.metadata());
    }

    private static boolean isText(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** Whether there is anything to keep. */
    boolean isEmpty() {
        return reason == null && metadata == null;
    }

    /**
     * Refuses a note of a transaction that writes nothing, for nothing is kept of it.
     *
     * @throws ProblemException if there is one
     */
    void requireEmpty() {
        if (!isEmpty()) {
            throw invalid(
                    reason == null ? "/metadata" : "/reason",
                    "a transaction that only expects writes nothing, so nothing is kept of it");
        }
    }

    private static ProblemException invalid(String pointer, String detail) {
        return new ProblemException(ProblemType.INVALID_BODY, Violation.inBody(pointer, detail));
    }
}
