package io.entitydb.search;

import io.entitydb.entity.Content;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What there is to read in a content: all of {@code text/…}, and the strings that are values in
 * JSON. Only the first {@value #MAX_BYTES} bytes count; what their end cuts in two does not.
 */
final class ContentText {

    /** Longest beginning of a content that is read: it is held in memory. */
    static final int MAX_BYTES = 1 << 20;

    private static final JsonFactory JSON = new JsonFactory();

    private static final String CHARSET = "charset=";

    private ContentText() {}

    /**
     * The texts of a content; none if it is neither text nor JSON. JSON that breaks off, or is
     * none, gives what stands before the fault.
     *
     * @throws io.entitydb.storage.error.CorruptDataException if stored bytes do not verify
     */
    static List<String> of(Content content) {
        String type = content.mediaType().toLowerCase(Locale.ROOT);
        int end = type.indexOf(';');
        String essence = (end < 0 ? type : type.substring(0, end)).strip();
        boolean isJson = essence.endsWith("/json") || essence.endsWith("+json");
        if (content.length() == 0 || (!isJson && !essence.startsWith("text/"))) {
            return List.of();
        }
        byte[] bytes = beginning(content);
        return isJson
                ? strings(bytes)
                : List.of(whole(new String(bytes, charset(type)), content.length() > MAX_BYTES));
    }

    private static byte[] beginning(Content content) {
        try (InputStream in = content.source().open()) {
            return in.readNBytes(MAX_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException("content stream failed", e);
        }
    }

    /** Without the piece of a word that a cut leaves. */
    private static String whole(String text, boolean isCut) {
        int end = text.length();
        while (isCut && end > 0 && !Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    private static Charset charset(String type) {
        int at = type.indexOf(CHARSET);
        if (at < 0) {
            return StandardCharsets.UTF_8;
        }
        String name = type.substring(at + CHARSET.length()).split(";", 2)[0].strip();
        try {
            return Charset.forName(name.replace("\"", ""));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }

    private static List<String> strings(byte[] json) {
        List<String> strings = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    strings.add(parser.getString());
                }
            }
        } catch (JacksonException e) {
            // The media type promises JSON, and nobody checked that the bytes are.
            return strings;
        }
        return strings;
    }
}
