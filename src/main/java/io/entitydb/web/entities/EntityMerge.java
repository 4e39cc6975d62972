package io.entitydb.web.entities;

import io.entitydb.entity.Content;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.InvalidEntityException;
import io.entitydb.entity.Tag;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;
import io.entitydb.web.problem.Violation;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Set;

/**
 * Merges a patch into the JSON object {@code {tags, contentType, content}} of an entity.
 *
 * <p>JSON content takes part as the value that it is, so that a patch may reach into it; other
 * content can only be replaced, and empty content of no known type counts as none. What the patch
 * does not mention stays, the content byte for byte.
 */
public final class EntityMerge {

    private static final String TAGS = "tags";
    private static final String CONTENT_TYPE = "contentType";
    private static final String CONTENT = "content";
    private static final Set<String> MEMBERS = Set.of(TAGS, CONTENT_TYPE, CONTENT);

    private final ObjectNode patch;
    private final long maxContentBytes;

    /**
     * A merge of a patch.
     *
     * @param maxContentBytes largest content that is merged in memory
     * @throws ProblemException if the patch has other members than an entity
     */
    public EntityMerge(ObjectNode patch, long maxContentBytes) {
        this.patch = patch;
        this.maxContentBytes = maxContentBytes;
        for (String member : patch.propertyNames()) {
            if (!MEMBERS.contains(member)) {
                throw new ProblemException(
                        ProblemType.UNKNOWN_FIELD,
                        Violation.inBody(
                                "/" + member.replace("~", "~0").replace("/", "~1"),
                                "unknown field; known are content, contentType, tags"));
            }
        }
    }

    /**
     * Tags and content after the patch.
     *
     * @throws InvalidEntityException if they are not those of an entity
     */
    public EntityDraft applyTo(Entity entity) {
        return EntityDraft.of(tags(entity.tags().keySet()), content(entity.content()));
    }

    private Set<Tag> tags(Set<Tag> before) {
        JsonNode tags = patch.get(TAGS);
        if (tags == null) {
            return before;
        }
        if (tags.isNull()) {
            return Set.of();
        }
        return Drafts.tags(tags, "/tags");
    }

    private Content content(Content before) {
        JsonNode change = patch.get(CONTENT);
        String mediaType = mediaType(before);
        if (change == null) {
            return new Content(
                    mediaType == null ? Content.OCTET_STREAM : mediaType,
                    before.length(),
                    before.digest(),
                    before.source());
        }
        return change.isNull()
                ? Drafts.content(null, mediaType)
                : Drafts.content(MergePatch.apply(target(before, change), change), mediaType);
    }

    private @Nullable String mediaType(Content before) {
        JsonNode change = patch.get(CONTENT_TYPE);
        if (change == null) {
            return before.equals(Content.EMPTY) ? null : before.mediaType();
        }
        if (change.isNull()) {
            return null;
        }
        if (!change.isString()) {
            throw new InvalidEntityException("/contentType", "a media type is a string");
        }
        return Drafts.requireMediaType(change.stringValue());
    }

    /** The present content as the patch sees it; only a patch that is an object looks at it. */
    private @Nullable JsonNode target(Content before, JsonNode change) {
        if (!change.isObject()) {
            return null;
        }
        if (before.length() > maxContentBytes) {
            throw new InvalidEntityException(
                    "/content", "the present content is too large to be merged with");
        }
        return JsonContent.read(before, before.bytes()).orElse(null);
    }
}
