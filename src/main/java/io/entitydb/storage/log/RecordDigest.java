package io.entitydb.storage.log;

import io.entitydb.entity.Digest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
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

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private RecordDigest() {}

    /** The digest of a draft; its own digest field is not looked at. */
    public static Digest of(VersionDraft draft) {
        MessageDigest function = Digest.newSha256();
        function.update(draft.salt());
        function.update(RecordKind.of(draft.kind()));
        number(function, draft.number(), Long.BYTES);
        text(function, draft.key().dataset());
        text(function, draft.key().id());
        text(function, draft.principal());
        text(function, draft.mediaType());
        number(function, draft.tags().size(), Integer.BYTES);
        for (DraftTag tag : draft.tags()) {
            text(function, tag.tag().toString());
        }
        draft.contentDigest().updateTo(function);
        return Digest.of(function.digest());
    }

    /** The digest of a transaction: previous digest ‖ sequence ‖ commit time ‖ record digests. */
    static MessageDigest ofTransaction(Digest previous, long sequence, long commitTime) {
        MessageDigest function = Digest.newSha256();
        previous.updateTo(function);
        number(function, sequence, Long.BYTES);
        number(function, commitTime, Long.BYTES);
        return function;
    }

    private static void text(MessageDigest function, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(function, bytes.length, Integer.BYTES);
        function.update(bytes);
    }

    private static void number(MessageDigest function, long value, int bytes) {
        byte[] little = new byte[Long.BYTES];
        LONG.set(little, 0, value);
        function.update(little, 0, bytes);
    }
}
