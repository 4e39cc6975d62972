package io.entitydb.web.transactions;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.InvalidEntityException;
import io.entitydb.security.Access;
import io.entitydb.web.WebProperties;
import io.entitydb.web.dataset.Datasets;
import io.entitydb.web.entities.Drafts;
import io.entitydb.web.entities.EntityMerge;
import io.entitydb.web.entities.TagPatch;
import io.entitydb.web.entities.UuidV7;
import io.entitydb.web.http.EntityTags;
import io.entitydb.web.http.Preconditions;
import io.entitydb.web.problem.BodyProblems;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;
import io.entitydb.web.problem.Violation;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Reads the operations of a transaction; each error points to the part at fault. */
@Component
@RequiredArgsConstructor
class OperationReader {

    private final JsonMapper json;
    private final WebProperties properties;
    private final Access access;
    private final UuidV7 ids = new UuidV7(Clock.systemUTC());

    /**
     * The operations of a request, in its order.
     *
     * @throws ProblemException if one cannot be read, or two write the same entity
     */
    List<Operation> read(List<OperationRequest> requests) {
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            operations.add(read(i, requests.get(i)));
        }
        requireOneWriteEach(operations);
        return operations;
    }

    private Operation read(int index, OperationRequest request) {
        return OperationProblems.within(
                index,
                () -> {
                    OperationKind kind = OperationKind.named(request.op());
                    requireMembersOf(kind, request);
                    EntityKey key = key(kind, request);
                    kind.rights().forEach(right -> access.require(right, key.dataset()));
                    return new Operation(index, kind, key, step(kind, key, request));
                });
    }

    private EntityKey key(OperationKind kind, OperationRequest request) {
        if (request.dataset() == null) {
            throw missing("/dataset", "the dataset is needed");
        }
        if (request.id() == null && kind != OperationKind.CREATE) {
            throw missing("/id", "the id is needed");
        }
        String id = request.id() == null ? ids.next() : request.id();
        EntityKey key = new EntityKey(request.dataset(), id);
        Datasets.requireOpen(key.dataset());
        return key;
    }

    private Operation.Step step(OperationKind kind, EntityKey key, OperationRequest request) {
        Preconditions conditions = conditions(request);
        return switch (kind) {
            case CREATE -> {
                EntityDraft draft = draft(request);
                yield changes -> changes.create(key, draft);
            }
            case PUT -> {
                EntityDraft draft = draft(request);
                yield changes -> changes.put(key, draft, conditions);
            }
            case PATCH -> {
                Function<Entity, EntityDraft> patch = patch(request);
                yield changes -> changes.change(key, patch, conditions);
            }
            case DELETE -> changes -> changes.delete(key, conditions);
            case RESTORE -> changes -> changes.restore(key, conditions);
            case EXPECT -> {
                if (conditions.equals(Preconditions.NONE)) {
                    throw missing("", "expect needs ifMatch or ifNoneMatch");
                }
                yield changes -> changes.expect(key, conditions);
            }
        };
    }

    private static EntityDraft draft(OperationRequest request) {
        JsonNode tags = request.tags();
        return EntityDraft.of(
                tags == null || tags.isNull() ? Set.of() : Drafts.tags(tags, "/tags"),
                Drafts.content(request.content(), mediaType(request.contentType())));
    }

    private static @Nullable String mediaType(@Nullable JsonNode text) {
        if (text == null || text.isNull()) {
            return null;
        }
        if (!text.isString()) {
            throw new InvalidEntityException("/contentType", "a media type is a string");
        }
        return text.stringValue();
    }

    /** Tags as an object are changes to single ones; all else is a merge patch. */
    private Function<Entity, EntityDraft> patch(OperationRequest request) {
        ObjectNode members = JsonNodeFactory.instance.objectNode();
        JsonNode tags = request.tags();
        TagPatch changes = tags != null && tags.isObject() ? new TagPatch(tagChanges(tags)) : null;
        if (tags != null && changes == null) {
            members.set("tags", tags);
        }
        if (request.contentType() != null) {
            members.set("contentType", request.contentType());
        }
        if (request.content() != null) {
            members.set("content", request.content());
        }
        EntityMerge merge = new EntityMerge(members, properties.maxBody().toBytes());
        if (changes == null) {
            return merge::applyTo;
        }
        return entity ->
                EntityDraft.of(
                        changes.applyTo(entity.tags().keySet()), merge.applyTo(entity).content());
    }

    private TagPatch.Changes tagChanges(JsonNode tags) {
        try {
            return json.treeToValue(tags, TagPatch.Changes.class);
        } catch (JacksonException e) {
            throw new ProblemException(BodyProblems.of(e).under("/tags"));
        }
    }

    private static Preconditions conditions(OperationRequest request) {
        return new Preconditions(
                versions("/ifMatch", request.ifMatch()),
                versions("/ifNoneMatch", request.ifNoneMatch()));
    }

    private static @Nullable EntityTags versions(String pointer, @Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return null;
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return EntityTags.ofVersion(value.longValue());
        }
        EntityTags tags = value.isString() ? EntityTags.parse(value.stringValue()) : null;
        if (tags == null) {
            throw missing(
                    pointer, "neither the number of a version nor * nor entity tags in quotes");
        }
        return tags;
    }

    private static void requireMembersOf(OperationKind kind, OperationRequest request) {
        if (!kind.hasContent()) {
            refuse(kind, "tags", request.tags());
            refuse(kind, "contentType", request.contentType());
            refuse(kind, "content", request.content());
        }
        if (!kind.hasConditions()) {
            refuse(kind, "ifMatch", request.ifMatch());
            refuse(kind, "ifNoneMatch", request.ifNoneMatch());
        }
    }

    private static void refuse(OperationKind kind, String member, @Nullable JsonNode value) {
        if (value != null) {
            throw new ProblemException(
                    ProblemType.UNKNOWN_FIELD,
                    Violation.inBody("/" + member, kind.label() + " does not take " + member));
        }
    }

    private static void requireOneWriteEach(List<Operation> operations) {
        Map<EntityKey, Integer> writers = new HashMap<>();
        for (Operation operation : operations) {
            Integer before =
                    operation.isWrite()
                            ? writers.putIfAbsent(operation.key(), operation.index())
                            : null;
            if (before != null) {
                throw new ProblemException(
                        ProblemType.INVALID_BODY,
                        Violation.inBody(
                                "/operations/" + operation.index() + "/id",
                                "operation "
                                        + before
                                        + " writes the same entity; a transaction makes one"
                                        + " version of an entity"));
            }
        }
    }

    private static ProblemException missing(String pointer, String detail) {
        return new ProblemException(ProblemType.INVALID_BODY, Violation.inBody(pointer, detail));
    }
}
