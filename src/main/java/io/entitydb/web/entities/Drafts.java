package io.entitydb.web.entities;

import io.entitydb.entity.Content;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.InvalidEntityException;
import io.entitydb.entity.Tag;

import org.jspecify.annotations.Nullable;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeTypeUtils;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads tags and content of entities from requests; each error points to the part at fault. */
public final class Drafts {

    private static final String JSON = "application/json";

    private Drafts() {}

    /** The draft that a request describes. */
    static EntityDraft of(EntityRequest request) {
        return EntityDraft.of(
                tags(request.tags(), "/tags"), content(request.content(), request.contentType()));
    }

    /**
     * Tags from their texts.
     *
     * @param pointer where the array stands in the body
     * @throws InvalidEntityException pointing to the text that is no tag
     */
    public static Set<Tag> tags(@Nullable List<String> texts, String pointer) {
        Set<Tag> tags = new HashSet<>();
        List<String> given = texts == null ? List.of() : texts;
        for (int i = 0; i < given.size(); i++) {
            try {
                tags.add(Tag.parse(given.get(i)));
            } catch (InvalidEntityException e) {
                throw new InvalidEntityException(pointer + "/" + i, String.valueOf(e.getMessage()));
            }
        }
        return tags;
    }

    /**
     * Tags from their JSON form: an array of strings.
     *
     * @param pointer where the array stands in the body
     * @throws InvalidEntityException pointing to what is no tag
     */
    public static Set<Tag> tags(JsonNode array, String pointer) {
        if (!array.isArray()) {
            throw new InvalidEntityException(pointer, "tags are an array");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode tag : array) {
            if (!tag.isString()) {
                throw new InvalidEntityException(pointer + "/" + texts.size(), "a tag is a string");
            }
            texts.add(tag.stringValue());
        }
        return tags(texts, pointer);
    }

    /**
     * Content from its JSON form: a string is base64, null is nothing, all else is JSON.
     *
     * @throws InvalidEntityException if it is not
     */
    public static Content content(@Nullable JsonNode value, @Nullable String contentType) {
        String mediaType = contentType == null ? null : requireMediaType(contentType);
        if (value == null || value.isNull()) {
            return Content.of(mediaType == null ? Content.OCTET_STREAM : mediaType, new byte[0]);
        }
        if (value.isString()) {
            return Content.of(
                    mediaType == null ? Content.OCTET_STREAM : mediaType,
                    decode(value.stringValue()));
        }
        if (mediaType != null && !JsonContent.isJson(mediaType)) {
            throw new InvalidEntityException(
                    "/content",
                    "content of type "
                            + mediaType
                            + " is a string of base64; only JSON types take"
                            + " other values");
        }
        return Content.of(mediaType == null ? JSON : mediaType, JsonContent.write(value));
    }

    /**
     * Checks a media type.
     *
     * @throws InvalidEntityException if it is none
     */
    static String requireMediaType(String text) {
        try {
            MimeTypeUtils.parseMimeType(text);
            return text;
        } catch (InvalidMimeTypeException e) {
            throw new InvalidEntityException(
                    "/contentType", "a media type is written type/subtype");
        }
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new InvalidEntityException(
                    "/content",
                    "a string is the content in base64; JSON content that is a string is sent as"
                            + " base64 of its JSON");
        }
    }
}
