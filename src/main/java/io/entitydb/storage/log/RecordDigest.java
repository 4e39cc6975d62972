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

    private static final int MOST_BYTES_A_CHAR = 3;

    private static final Spares<Facts> SPARES = new Spares<>(Facts::new);

    private RecordDigest() {}

    /** The digest of a draft; its own digest field is not looked at. */
    public static Digest of(VersionDraft draft) {
        Facts facts = SPARES.take();
        Digest digest = facts.of(draft);
        SPARES.give(facts);
        return digest;
    }

    /** Puts facts together, again and again. */
    private static final class Facts {

        private static final int USUAL_BYTES = 1024;

        private final MessageDigest function = Digest.newSha256();
        private final ByteBuffer usual = newBuffer(USUAL_BYTES);

        private Digest of(VersionDraft draft) {
            int most = mostBytes(draft);
            ByteBuffer facts = most > usual.capacity() ? newBuffer(most) : usual.clear();
            facts.put(draft.salt()).put(RecordKind.of(draft.kind())).putLong(draft.number());
            text(facts, draft.key().dataset());
            text(facts, draft.key().id());
            text(facts, draft.principal());
            text(facts, draft.mediaType());
            facts.putInt(draft.tags().size());
            for (DraftTag tag : draft.tags()) {
                facts.putInt(tag.textLength());
                tag.putText(facts);
            }
            draft.contentDigest().copyTo(facts, facts.position());
            function.reset();
            function.update(facts.position(facts.position() + Digest.BYTES).flip());
            return Digest.end(function);
        }

        private static int mostBytes(VersionDraft draft) {
            int bytes = FIXED_BYTES + draft.salt().length;
            bytes += MOST_BYTES_A_CHAR * draft.key().dataset().length();
            bytes += MOST_BYTES_A_CHAR * draft.key().id().length();
            bytes += MOST_BYTES_A_CHAR * draft.principal().length();
            bytes += MOST_BYTES_A_CHAR * draft.mediaType().length();
            for (DraftTag tag : draft.tags()) {
                bytes += Integer.BYTES + tag.textLength();
            }
            return bytes;
        }

        private static ByteBuffer newBuffer(int bytes) {
            return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }

        private static void text(ByteBuffer facts, String text) {
            int start = facts.position();
            facts.putInt(text.length());
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c >= 0x80) {
                    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                    facts.position(start).putInt(utf8.length).put(utf8);
                    return;
                }
                facts.put((byte) c);
            }
        }
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
