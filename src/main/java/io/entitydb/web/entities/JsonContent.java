package io.entitydb.web.entities;

import io.entitydb.entity.Content;

import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

import java.util.Optional;

/**
 * Contents that are JSON.
 *
 * <p>Numbers keep every digit. A JSON string and null stand in base64 like other bytes, because in
 * requests and answers a string means base64 and null means nothing.
 */
final class JsonContent {

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    private JsonContent() {}

    /** Whether a media type means JSON: {@code …/json} or {@code …+json}. */
    static boolean isJson(String mediaType) {
        try {
            MimeType type = MimeTypeUtils.parseMimeType(mediaType);
            String subtype = type.getSubtype();
            return subtype.equalsIgnoreCase("json")
                    || "json".equalsIgnoreCase(type.getSubtypeSuffix());
        } catch (InvalidMimeTypeException e) {
            return false;
        }
    }

    /** The value that a content is, if it is JSON that can stand as it is. */
    static Optional<JsonNode> read(Content content, byte[] bytes) {
        return parse(content, bytes)
                .filter(value -> value.isContainer() || value.isNumber() || value.isBoolean());
    }

    /** The value that a content is, if it is JSON. */
    static Optional<JsonNode> parse(Content content, byte[] bytes) {
        if (!isJson(content.mediaType())) {
            return Optional.empty();
        }
        try {
            JsonNode value = MAPPER.readTree(bytes);
            return value.isMissingNode() ? Optional.empty() : Optional.of(value);
        } catch (JacksonException e) {
            // The media type promises JSON, and nobody checked that the bytes are.
            return Optional.empty();
        }
    }

    /** The value in UTF-8, without white space. */
    static byte[] write(JsonNode value) {
        return MAPPER.writeValueAsBytes(value);
    }
}
