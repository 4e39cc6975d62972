package io.entitydb.storage.log;

import io.entitydb.entity.Digest;
import io.entitydb.storage.io.LittleEndian;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The digest of a version: SHA-256 over its logical facts, never over positions or dictionary ids,
 * so that it stays the same wherever the version is stored.
 *
 * <p><b>Shape:</b> salt (16) ‖ kind (1) ‖ version (8, little-endian) ‖ texts of dataset, id,
 * principal and media type ‖ number of tags (4) ‖ text of each tag in order ‖ content digest (32);
 * a text is its length in bytes (4) and its UTF-8.
 */
public final class RecordDigest {

    /** Kind, version, lengths of four texts, number of tags and content digest. */
    private static final int FIXED_BYTES = 1 + Long.BYTES + 5 * Integer.BYTES + Digest.BYTES;

    private RecordDigest() {}

    /** The digest of a draft; its own digest field is not looked at. */
    public static Digest of(VersionDraft draft) {
        byte[] dataset = utf8(draft.key().dataset());
        byte[] id = utf8(draft.key().id());
        byte[] principal = utf8(draft.principal());
        byte[] mediaType = utf8(draft.mediaType());
        int bytes = FIXED_BYTES + draft.salt().length + dataset.length + id.length;
        bytes += principal.length + mediaType.length;
        for (DraftTag tag : draft.tags()) {
            bytes += Integer.BYTES + tag.textLength();
        }
        ByteBuffer facts = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        facts.put(draft.salt()).put(RecordKind.of(draft.kind())).putLong(draft.number());
        text(facts, dataset);
        text(facts, id);
        text(facts, principal);
        text(facts, mediaType);
        facts.putInt(draft.tags().size());
        for (DraftTag tag : draft.tags()) {
            facts.putInt(tag.textLength());
            tag.putText(facts);
        }
        draft.contentDigest().copyTo(facts, facts.position());
        return Digest.sha256(facts.array());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void text(ByteBuffer facts, byte[] utf8) {
        facts.putInt(utf8.length).put(utf8);
    }

    /** The digest of a transaction: previous digest ‖ sequence ‖ commit time ‖ record digests. */
    static MessageDigest ofTransaction(Digest previous, long sequence, long commitTime) {
        MessageDigest function = Digest.newSha256();
        beginTransaction(function, previous, sequence, commitTime);
        return function;
    }

    /** As {@link #ofTransaction}, with a function that one thread uses again and again. */
    static void beginTransaction(
            MessageDigest function, Digest previous, long sequence, long commitTime) {
        function.reset();
        previous.updateTo(function);
        byte[] numbers = new byte[2 * Long.BYTES];
        LittleEndian.putLong(numbers, 0, sequence);
        LittleEndian.putLong(numbers, Long.BYTES, commitTime);
        function.update(numbers);
    }
}
