package io.entitydb.cli;

import io.entitydb.entity.Content;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.InvalidEntityException;
import io.entitydb.entity.Tag;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.Base64;
import java.util.HashSet;
import java.util.Set;

/**
 * A line of an export: an entity, or one version of it.
 *
 * @param key the entity
 * @param draft what it shall be; null if it shall be deleted
 */
record ImportedLine(EntityKey key, @Nullable EntityDraft draft) {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private static final Set<String> KNOWN =
            Set.of(
                    "id",
                    "tags",
                    "state",
                    "content",
                    "contentType",
                    "contentLength",
                    "contentDigest",
                    "dataset",
                    "version",
                    "tagTimes",
                    "createdAt",
                    "updatedAt",
                    "createdBy",
                    "updatedBy",
                    "transaction");

    /** Why a line is none of an export. */
    static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refused(String reason) {
            super(reason);
        }
    }

    /**
     * Reads a line.
     *
     * @return null for the last line of an export, which is no entity
     * @throws Refused if it is none
     */
    static @Nullable ImportedLine parse(String text, String dataset) {
        try {
            JsonNode line = MAPPER.readTree(text);
            if (!line.isObject()) {
                throw new Refused("a line is a JSON object");
            }
            if (line.has("end") && !line.has("id")) {
                if (!line.path("end").asBoolean(false)) {
                    throw new Refused("the export ended here before its time");
                }
                return null;
            }
            return of(line, dataset);
        } catch (JacksonException e) {
            throw new Refused("no JSON: " + e.getOriginalMessage());
        } catch (InvalidEntityException e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
    }

    private static ImportedLine of(JsonNode line, String dataset) {
        for (String name : line.propertyNames()) {
            if (!KNOWN.contains(name)) {
                throw new Refused("an entity has no member " + name);
            }
        }
        String id = text(line, "id");
        if (id == null) {
            throw new Refused("the id is needed");
        }
        EntityKey key = new EntityKey(dataset, id);
        String state = text(line, "state");
        if ("deleted".equals(state)) {
            return new ImportedLine(key, null);
        }
        if (state != null && !state.equals("active")) {
            throw new Refused("a state is active or deleted");
        }
        return new ImportedLine(key, EntityDraft.of(tags(line.path("tags")), content(line)));
    }

    private static Set<Tag> tags(JsonNode array) {
        Set<Tag> tags = new HashSet<>();
        if (array.isMissingNode() || array.isNull()) {
            return tags;
        }
        if (!array.isArray()) {
            throw new Refused("tags are an array");
        }
        for (JsonNode tag : array) {
            if (!tag.isString()) {
                throw new Refused("a tag is a string");
            }
            tags.add(Tag.parse(tag.stringValue()));
        }
        return tags;
    }

    private static Content content(JsonNode line) {
        JsonNode value = line.path("content");
        byte[] bytes = new byte[0];
        if (value.isString()) {
            try {
                bytes = Base64.getDecoder().decode(value.stringValue());
            } catch (IllegalArgumentException e) {
                throw new Refused("a content is a string of base64");
            }
        } else if (!value.isMissingNode() && !value.isNull()) {
            throw new Refused("a content is a string of base64; other forms are taken over REST");
        } else if (line.path("contentLength").asLong(0) > 0) {
            throw new Refused("the content is left out of this line");
        }
        String type = text(line, "contentType");
        Content content = Content.of(type == null ? Content.OCTET_STREAM : type, bytes);
        String digest = text(line, "contentDigest");
        String own =
                "sha-256=:" + Base64.getEncoder().encodeToString(content.digest().bytes()) + ":";
        if (digest != null && !digest.equals(own)) {
            throw new Refused("the content is not the one that the digest is of");
        }
        return content;
    }

    private static @Nullable String text(JsonNode line, String member) {
        JsonNode value = line.path(member);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw new Refused(member + " is a string");
        }
        return value.stringValue();
    }

    /** Whether a version is what the line says. */
    boolean isShownBy(Entity version) {
        if (version.isErased()) {
            return false;
        }
        if (draft == null || version.isDeleted()) {
            return draft == null && version.isDeleted();
        }
        return version.tags().keySet().equals(draft.tags())
                && version.content().equals(draft.content());
    }
}
