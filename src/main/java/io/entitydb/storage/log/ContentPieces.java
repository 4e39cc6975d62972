package io.entitydb.storage.log;

import io.entitydb.entity.Content;
import io.entitydb.entity.Digest;
import io.entitydb.entity.InvalidEntityException;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Cuts a content into what a record or its chunk frames hold. */
public final class ContentPieces {

    /**
     * Longest content that is held in memory and written with its transaction, with a single force;
     * a longer one is uploaded.
     */
    static final long MAX_BYTES = 48L << 20;

    private ContentPieces() {}

    /**
     * Reads a content and cuts it. Bytes in memory of which the digest was taken become the draft's
     * as they are, and are not compared with it again.
     *
     * @throws InvalidEntityException if the content is too long, or not what its length and digest
     *     say
     */
    public static DraftContent of(Content content) {
        if (content.length() == 0) {
            return new DraftContent.Empty();
        }
        if (content.length() > MAX_BYTES) {
            throw new InvalidEntityException(
                    "/content",
                    "a content that is not uploaded has at most " + MAX_BYTES + " bytes");
        }
        byte[] held = content.heldBytes();
        if (held != null && held.length <= RecordLayout.MAX_INLINE_BYTES) {
            return new DraftContent.Inline(held);
        }
        List<byte[]> pieces = new ArrayList<>();
        if (held != null) {
            cut(held, pieces);
        } else {
            each(content, pieces::add);
        }
        return content.length() <= RecordLayout.MAX_INLINE_BYTES
                ? new DraftContent.Inline(pieces.getFirst())
                : new DraftContent.Chunks(pieces);
    }

    private static void cut(byte[] bytes, List<byte[]> pieces) {
        for (int from = 0; from < bytes.length; from += RecordLayout.MAX_CHUNK_BYTES) {
            int to = Math.min(bytes.length, from + RecordLayout.MAX_CHUNK_BYTES);
            pieces.add(Arrays.copyOfRange(bytes, from, to));
        }
    }

    /**
     * Reads a content of any length and passes it on piece by piece. Whether it is what it should
     * be is known at the end only.
     *
     * @param sink takes each piece, which becomes its own
     * @throws InvalidEntityException if the content is not what its length and digest say
     */
    public static void each(Content content, Consumer<byte[]> sink) {
        try (InputStream in = content.source().open()) {
            MessageDigest function = Digest.newSha256();
            long rest = content.length();
            while (rest > 0) {
                byte[] piece = in.readNBytes((int) Math.min(RecordLayout.MAX_CHUNK_BYTES, rest));
                if (piece.length == 0) {
                    throw mismatch();
                }
                function.update(piece);
                sink.accept(piece);
                rest -= piece.length;
            }
            if (in.read() >= 0 || !content.digest().equals(Digest.end(function))) {
                throw mismatch();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("content stream failed", e);
        }
    }

    private static InvalidEntityException mismatch() {
        return new InvalidEntityException(
                "/content", "the content is not what its length and digest say");
    }
}
