package io.entitydb.web.transfer;

import io.entitydb.entity.Content;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.InvalidEntityException;
import io.entitydb.web.entities.Drafts;
import io.entitydb.web.http.DigestField;
import io.entitydb.web.problem.BodyProblems;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;
import io.entitydb.web.problem.Violation;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.Set;

/**
 * Reads lines of an import: entities as exports and answers show them. Of what the store decides
 * itself (times, principals, versions, transactions) nothing is taken over.
 */
@RequiredArgsConstructor
final class ImportLines {

    private static final Set<String> PASSED_OVER =
            Set.of(
                    "dataset",
                    "version",
                    "tagTimes",
                    "createdAt",
                    "updatedAt",
                    "createdBy",
                    "updatedBy",
                    "transaction");
    private static final Set<String> TAKEN =
            Set.of(
                    "id",
                    "tags",
                    "state",
                    "content",
                    "contentType",
                    "contentLength",
                    "contentDigest");

    private final JsonMapper json;
    private final String dataset;
    private final int maxBytes;

    /**
     * Reads a line as JSON.
     *
     * @throws ProblemException if it is too long, or no JSON object
     */
    JsonNode parse(LineReader.Line line) {
        if (line.bytes() > maxBytes) {
            throw new ProblemException(
                    ProblemType.BODY_TOO_LARGE,
                    "a line has at most "
                            + maxBytes
                            + " bytes (entitydb.web.max-body); larger contents are sent with PUT"
                            + " …/content");
        }
        if (line.text() == null) {
            throw new ProblemException(ProblemType.MALFORMED_JSON, "the line is not UTF-8");
        }
        try {
            JsonNode node = json.readTree(line.text());
            if (!node.isObject()) {
                throw invalid("", "a line is a JSON object");
            }
            return node;
        } catch (JacksonException e) {
            throw new ProblemException(BodyProblems.of(e));
        }
    }

    /**
     * Whether a line is the last one of an export, which is no entity.
     *
     * @throws ProblemException if it says that the export is not whole
     */
    static boolean isEnd(JsonNode line) {
        if (line.has("end") && !line.has("id")) {
            if (!line.path("end").asBoolean(false)) {
                throw invalid("/end", "the export ended here before its time");
            }
            return true;
        }
        return false;
    }

    /**
     * The entity that a line names.
     *
     * @throws ProblemException if it names none
     * @throws InvalidEntityException if no entity can have the id
     */
    EntityKey key(JsonNode line) {
        String id = text(line, "id");
        if (id == null) {
            throw invalid("/id", "the id is needed");
        }
        return new EntityKey(dataset, id);
    }

    /**
     * What the entity shall be; null if it shall be deleted.
     *
     * @throws ProblemException if the line has a member that it may not have, or of the wrong type
     * @throws InvalidEntityException if tags or content break a rule
     */
    @Nullable EntityDraft draft(JsonNode line) {
        for (String name : line.propertyNames()) {
            if (!TAKEN.contains(name) && !PASSED_OVER.contains(name)) {
                throw new ProblemException(
                        ProblemType.UNKNOWN_FIELD,
                        Violation.inBody("/" + name, "an entity has no such member"));
            }
        }
        String state = text(line, "state");
        if ("deleted".equals(state)) {
            return null;
        }
        if (state != null && !state.equals("active")) {
            throw invalid("/state", "a state is active or deleted");
        }
        JsonNode tags = line.path("tags");
        Content content = Drafts.content(line.get("content"), text(line, "contentType"));
        requireWhole(line, content);
        return EntityDraft.of(
                tags.isMissingNode() || tags.isNull() ? Set.of() : Drafts.tags(tags, "/tags"),
                content);
    }

    /** Where the line tells what the content is, it must be that: lists leave large ones out. */
    private static void requireWhole(JsonNode line, Content content) {
        JsonNode length = line.path("contentLength");
        if (!line.has("content") && length.asLong(0) > 0) {
            throw new InvalidEntityException("/content", "the content is left out of this line");
        }
        String given = text(line, "contentDigest");
        String digest = DigestField.of(content.digest());
        if (given != null && !given.equals(digest)) {
            throw new ProblemException(
                    ProblemType.DIGEST_MISMATCH,
                    Violation.inBody("/contentDigest", "the content has " + digest));
        }
    }

    private static @Nullable String text(JsonNode line, String member) {
        JsonNode value = line.path(member);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw invalid("/" + member, "a string is expected");
        }
        return value.stringValue();
    }

    private static ProblemException invalid(String pointer, String detail) {
        return new ProblemException(ProblemType.INVALID_BODY, Violation.inBody(pointer, detail));
    }
}
