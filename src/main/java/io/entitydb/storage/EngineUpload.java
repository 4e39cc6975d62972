package io.entitydb.storage;

import io.entitydb.entity.Content;
import io.entitydb.entity.ContentSource;
import io.entitydb.entity.ContentUpload;
import io.entitydb.entity.Digest;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.InvalidEntityException;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.storage.error.OutcomeUnknownException;
import io.entitydb.storage.error.UploadLostException;
import io.entitydb.storage.log.DraftContent;
import io.entitydb.storage.log.UploadedContent;

import org.jspecify.annotations.Nullable;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A content that is being received. Its pieces are appended to the log as they fill up, as chunk
 * frames that no version refers to; a content of one piece is held back and written with its
 * transaction, as any other.
 *
 * <p>It belongs to the store as it is open: when that is opened again, pieces that were not forced
 * may be gone, so nothing of it is used any more.
 */
final class EngineUpload implements ContentUpload {

    private static final int FIRST_BYTES = 64 << 10;

    private final OpenStore store;
    private final EntityKey key;
    private final int pieceBytes;
    private final List<Long> positions = new ArrayList<>();
    private final MessageDigest digest = Digest.newSha256();
    private byte[] piece;
    private int filled;
    private long length;
    private boolean isFinished;
    private @Nullable RuntimeException failure;
    private volatile boolean isRevoked;
    private volatile boolean isClosed;

    EngineUpload(OpenStore store, EntityKey key, int pieceBytes) {
        this.store = store;
        this.key = key;
        this.pieceBytes = pieceBytes;
        piece = new byte[Math.min(FIRST_BYTES, pieceBytes)];
    }

    /** The refusal of a content whose entity is being erased. */
    static VersionConflictException erased(EntityKey key) {
        return new VersionConflictException(key, "it is being erased");
    }

    EntityKey key() {
        return key;
    }

    /** Whether its pieces may be referred to. Any thread may ask. */
    boolean isUsable() {
        return !isRevoked && !isClosed;
    }

    void revoke() {
        isRevoked = true;
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
        requireGoing();
        try {
            if (length + count > MAX_BYTES) {
                throw new InvalidEntityException(
                        "/content", "a content has at most " + MAX_BYTES + " bytes");
            }
            digest.update(bytes, from, count);
            length += count;
            take(bytes, from, count);
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    private void take(byte[] bytes, int from, int count) {
        int at = from;
        for (int left = count; left > 0; ) {
            if (filled == pieceBytes) {
                append();
            }
            if (filled == piece.length) {
                piece = Arrays.copyOf(piece, Math.min(2 * piece.length, pieceBytes));
            }
            int taken = Math.min(left, piece.length - filled);
            System.arraycopy(bytes, at, piece, filled, taken);
            filled += taken;
            at += taken;
            left -= taken;
        }
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public Content finish(String mediaType) {
        requireGoing();
        try {
            if (positions.isEmpty()) {
                return Content.of(mediaType, Arrays.copyOf(piece, filled));
            }
            append();
            Digest whole = Digest.of(digest.digest());
            return new Content(mediaType, length, whole, new Received(this));
        } catch (RuntimeException e) {
            throw failed(e);
        } finally {
            isFinished = true;
            piece = new byte[0];
        }
    }

    @Override
    public void close() {
        isClosed = true;
        piece = new byte[0];
        store.uploads().ended(this);
    }

    private void append() {
        ByteBuffer bytes = ByteBuffer.wrap(piece, 0, filled);
        positions.add(store.append(this, bytes));
        filled = 0;
    }

    private void requireGoing() {
        if (failure != null) {
            throw failure;
        }
        if (isFinished || isClosed) {
            throw new IllegalStateException("the upload has ended");
        }
    }

    /** No commit was under way, so that nothing is unknown of it. */
    private RuntimeException failed(RuntimeException error) {
        RuntimeException told =
                error instanceof OutcomeUnknownException
                        ? new UploadLostException("the store could not take a piece of it")
                        : error;
        failure = told;
        return told;
    }

    /** Where the bytes of a content that was received come from. */
    record Received(EngineUpload upload) implements ContentSource {

        @Override
        public InputStream open() {
            return UploadedContent.open(
                    upload.positions, upload.length, upload.key, upload.store.reader());
        }

        /**
         * How a version of the entity refers to it.
         *
         * @return null if it was received for another entity
         * @throws UploadLostException if the store was opened again, or the upload is closed
         * @throws VersionConflictException if it was erased
         */
        @Nullable DraftContent reference(EntityKey key, OpenStore store) {
            if (!key.equals(upload.key)) {
                return null;
            }
            if (upload.store != store || upload.isClosed) {
                throw new UploadLostException("the store was opened again, or it was given up");
            }
            if (upload.isRevoked) {
                throw erased(key);
            }
            return new DraftContent.Uploaded(upload.positions, upload::isUsable);
        }
    }
}
