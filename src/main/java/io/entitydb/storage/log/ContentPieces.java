package io.entitydb.storage.log;

import io.entitydb.entity.Content;
import io.entitydb.entity.Digest;
import io.entitydb.entity.InvalidEntityException;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/** Cuts a content into what a record or its chunk frames hold. */
public final class ContentPieces {

    /** Longest content of one transaction: it is written with a single force. */
    static final long MAX_BYTES = 48L << 20;

    private ContentPieces() {}

    /**
     * Reads a content and cuts it.
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
                    "/content", "a content has at most " + MAX_BYTES + " bytes");
        }
        try (InputStream in = content.source().open()) {
            MessageDigest function = Digest.newSha256();
            List<byte[]> pieces = new ArrayList<>();
            long rest = content.length();
            while (rest > 0) {
                byte[] piece = in.readNBytes((int) Math.min(RecordLayout.MAX_CHUNK_BYTES, rest));
                if (piece.length == 0) {
                    throw mismatch();
                }
                function.update(piece);
                pieces.add(piece);
                rest -= piece.length;
            }
            if (in.read() >= 0 || !content.digest().equals(Digest.of(function.digest()))) {
                throw mismatch();
            }
            return content.length() <= RecordLayout.MAX_INLINE_BYTES
                    ? new DraftContent.Inline(pieces.getFirst())
                    : new DraftContent.Chunks(pieces);
        } catch (IOException e) {
            throw new UncheckedIOException("content stream failed", e);
        }
    }

    private static InvalidEntityException mismatch() {
        return new InvalidEntityException(
                "/content", "the content is not what its length and digest say");
    }
}
