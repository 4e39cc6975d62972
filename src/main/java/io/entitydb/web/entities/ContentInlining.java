package io.entitydb.web.entities;

import io.entitydb.entity.Content;
import io.entitydb.entity.InvalidQueryException;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.Optional;

/**
 * Puts contents into one answer, within bounds.
 *
 * <p>A string is the content's bytes in base64. Where JSON is asked for, a content that is a JSON
 * object, array, number or boolean stands there as it is; a JSON string or null does not, so that a
 * string always means base64, in answers as in requests.
 */
final class ContentInlining {

    /** Largest content that is put into an answer without being asked for. */
    static final long SMALL_BYTES = 64 * 1024;

    /** Contents of one page: what bounds the memory of an answer. */
    static final long PAGE_BYTES = 8 * 1024 * 1024;

    private final ContentForm form;
    private final long largestBytes;
    private long leftBytes;

    private ContentInlining(ContentForm form, long largestBytes, long leftBytes) {
        this.form = form;
        this.largestBytes = largestBytes;
        this.leftBytes = leftBytes;
    }

    /** Contents of a page: the small ones, as long as there is room. */
    static ContentInlining ofPage(ContentForm form) {
        return new ContentInlining(form, SMALL_BYTES, PAGE_BYTES);
    }

    /** The content of a single entity: a small one. */
    static ContentInlining ofSmall() {
        return new ContentInlining(ContentForm.BASE64, SMALL_BYTES, SMALL_BYTES);
    }

    /** The content of a single entity that was asked for. */
    static ContentInlining ofAsked(ContentForm form, long largestBytes) {
        return new ContentInlining(form, Long.MAX_VALUE, largestBytes);
    }

    /**
     * The content, or null if it is left out because of its size.
     *
     * @throws InvalidQueryException if it was asked for and is too large for one answer
     */
    @Nullable Object inline(Content content) {
        if (content.length() > largestBytes) {
            return null;
        }
        if (content.length() > leftBytes) {
            if (largestBytes == Long.MAX_VALUE) {
                throw new InvalidQueryException(
                        "content", "the content is too large for one answer: " + content.length());
            }
            return null;
        }
        leftBytes -= content.length();
        byte[] bytes = content.bytes();
        Optional<JsonNode> json =
                form == ContentForm.JSON ? JsonContent.read(content, bytes) : Optional.empty();
        return json.<Object>map(node -> node).orElseGet(() -> Base64Text.of(bytes));
    }
}
