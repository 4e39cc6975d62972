package io.entitydb.cli;

import io.entitydb.entity.Content;
import io.entitydb.entity.Digest;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Version;
import io.entitydb.storage.repair.Salvage;

import lombok.RequiredArgsConstructor;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a salvage finds, as lines of JSON. A content that is UTF-8 is written as {@code text}, any
 * other, and a long one, as {@code base64}.
 */
@RequiredArgsConstructor
final class SalvageLines implements Salvage.Output {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final long LONG_BYTES = 16 << 20;
    private static final int PIECE_BYTES = 3 << 14;

    private final Writer versions;
    private final Writer lost;

    @Override
    public void version(Entity entity, Digest digest) {
        Version version = entity.version();
        Map<String, Object> line = named(entity.key());
        line.put("version", version.number());
        line.put("kind", version.kind().name().toLowerCase(Locale.ROOT));
        line.put("transaction", version.transaction());
        line.put("at", version.at().toString());
        line.put("principal", version.principal());
        line.put("createdAt", entity.createdAt().toString());
        line.put("createdBy", entity.createdBy());
        line.put(
                "tags",
                entity.tags().entrySet().stream()
                        .map(
                                tag ->
                                        Map.of(
                                                "tag", tag.getKey().toString(),
                                                "assertedAt", tag.getValue().toString()))
                        .toList());
        line.put("digest", digest.toString());
        if (entity.content().length() > LONG_BYTES) {
            writeLong(line, entity.content());
        } else {
            content(entity.content(), line);
            write(versions, line);
        }
    }

    @Override
    public void lost(Salvage.Lost place) {
        EntityKey key = place.key();
        Map<String, Object> line = key == null ? new LinkedHashMap<>() : named(key);
        if (place.version() > 0) {
            line.put("version", place.version());
        }
        line.put("position", place.position());
        line.put("end", place.end());
        if (!place.sequences().isEmpty()) {
            line.put("transactions", List.of(place.sequences().first(), place.sequences().last()));
        }
        line.put("reason", place.reason());
        write(lost, line);
    }

    private static Map<String, Object> named(EntityKey key) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("dataset", key.dataset());
        line.put("id", key.id());
        return line;
    }

    private static void content(Content content, Map<String, Object> line) {
        if (content.length() == 0) {
            return;
        }
        line.put("mediaType", content.mediaType());
        line.put("contentDigest", content.digest().toString());
        byte[] bytes = content.bytes();
        try {
            line.put(
                    "text",
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            line.put("base64", Base64.getEncoder().encodeToString(bytes));
        }
    }

    /** A line that is never in memory as a whole. */
    private void writeLong(Map<String, Object> line, Content content) {
        line.put("mediaType", content.mediaType());
        line.put("contentDigest", content.digest().toString());
        String begun = MAPPER.writeValueAsString(line);
        try (InputStream bytes = content.source().open()) {
            versions.write(begun, 0, begun.length() - 1);
            versions.write(",\"base64\":\"");
            // A multiple of three bytes is a whole number of groups of base64.
            for (byte[] piece = bytes.readNBytes(PIECE_BYTES);
                    piece.length > 0;
                    piece = bytes.readNBytes(PIECE_BYTES)) {
                versions.write(Base64.getEncoder().encodeToString(piece));
            }
            versions.write("\"}\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Writer writer, Map<String, Object> line) {
        try {
            writer.write(MAPPER.writeValueAsString(line));
            writer.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
