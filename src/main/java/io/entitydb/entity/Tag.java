package io.entitydb.entity;

import java.nio.charset.StandardCharsets;

/**
 * A statement about an entity, {@code namespace:value}.
 *
 * <p><b>Shape:</b> the namespace is letters, digits, {@code _ - .}; the value is any text without
 * control characters, not empty, and may contain {@code :}. The whole is at most 1,024 bytes of
 * UTF-8.
 *
 * @param namespace what is stated
 * @param value the value of the statement
 */
public record Tag(String namespace, String value) implements Comparable<Tag> {

    /** Longest tag in bytes of UTF-8, the colon included. */
    public static final int MAX_BYTES = 1024;

    /** Refuses tags that do not have the shape. */
    public Tag {
        if (!isNamespace(namespace)) {
            throw new InvalidEntityException(
                    "/tags", "a tag's namespace is one or more letters, digits, '_', '-', '.'");
        }
        if (value.isEmpty() || !Text.isClean(value)) {
            throw new InvalidEntityException(
                    "/tags", "a tag's value is not empty and has no control characters");
        }
        if (namespace.length() + 1 + value.length() > MAX_BYTES
                || namespace.length() + 1 + value.getBytes(StandardCharsets.UTF_8).length
                        > MAX_BYTES) {
            throw new InvalidEntityException(
                    "/tags", "a tag has at most " + MAX_BYTES + " bytes of UTF-8");
        }
    }

    /** By hand: this runs with every tag that is read. */
    private static boolean isNamespace(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean isOther = (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
            if (!isLetter && !isOther) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /**
     * Reads {@code namespace:value}; the first colon parts them.
     *
     * @throws InvalidEntityException if the text does not have the shape
     */
    public static Tag parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new InvalidEntityException("/tags", "a tag is written namespace:value");
        }
        return new Tag(text.substring(0, colon), text.substring(colon + 1));
    }

    @Override
    public int compareTo(Tag other) {
        int byNamespace = namespace.compareTo(other.namespace);
        return byNamespace != 0 ? byNamespace : Text.compare(value, other.value);
    }

    @Override
    public String toString() {
        return namespace + ":" + value;
    }
}
