package io.entitydb.storage;

import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.error.StorageFullException;
import io.entitydb.storage.header.HeaderSync;
import io.entitydb.storage.log.EraseTable;
import io.entitydb.storage.log.FrameAppender;
import io.entitydb.storage.log.Wal;
import io.entitydb.storage.recovery.RecoveredStore;

import java.nio.ByteBuffer;

/**
 * The writer's part of an upload, between two batches of transactions: appends a piece as a chunk
 * frame. Used by the writer's thread only.
 *
 * <p>The frame is not forced by itself: the force of the transaction that refers to it covers it,
 * and so does the force before any header that counts it. So that no transaction has to wait for
 * the force of a long content, what was appended is forced whenever it has become a few batches. A
 * write or force that fails leaves the method as an exception, which poisons the writer.
 */
final class ChunkWriting {

    private static final int BATCHES_PER_FORCE = 4;

    private final Writer writer;
    private final Wal wal;
    private final HeaderSync headerSync;
    private final EraseTable erasing;
    private final StorageObserver observer;
    private final FrameAppender appender;
    private final long forceBytes;
    private final int pieceBytes;

    ChunkWriting(RecoveredStore store, Writer writer, EngineSettings settings) {
        this.writer = writer;
        wal = store.wal();
        headerSync = store.headerSync();
        erasing = store.reader().erasing();
        observer = settings.observer();
        forceBytes = (long) BATCHES_PER_FORCE * settings.options().batchBytes();
        pieceBytes = settings.options().uploads().pieceBytes();
        appender =
                new FrameAppender(
                        headerSync.current().identity(),
                        store.reader().dictionary(),
                        Math.toIntExact(FrameAppender.maxChunkBytes(pieceBytes)),
                        wal.tail());
    }

    /** What became of a piece. */
    sealed interface Outcome {

        /** Its record stands at a position. */
        record Written(long position) implements Outcome {}

        /** Nothing was written. */
        record Refused(RuntimeException reason) implements Outcome {}
    }

    /** Appends a piece of a content. */
    Outcome append(EngineUpload upload, ByteBuffer piece) {
        if (writer.isClosing()) {
            return new Outcome.Refused(new StorageClosedException("closing"));
        }
        if (!upload.isUsable() || erasing.isErasing(upload.key())) {
            return new Outcome.Refused(EngineUpload.erased(upload.key()));
        }
        try {
            writeWords();
            writer.space().reserve(FrameAppender.maxChunkBytes(pieceBytes));
        } catch (StorageFullException e) {
            return new Outcome.Refused(e);
        }
        appender.begin(wal.tail(), wal.durableFrame(), headerSync.current().generation());
        long position = appender.appendChunk(upload.key(), piece);
        ByteBuffer frame = appender.bytes();
        int length = frame.remaining();
        wal.append(frame, appender.chain());
        observer.appended(length);
        writer.space().ahead(length);
        writer.forcing().owed(length, forceBytes);
        return new Outcome.Written(position);
    }

    /** A number that the chunk names its dataset by must not be lost before the chunk is. */
    private void writeWords() {
        if (appender.isDictionaryBehind()) {
            writer.copyDictionary();
        }
        if (appender.isDictionaryBehind()) {
            throw new StorageFullException(FrameAppender.maxChunkBytes(pieceBytes), -1);
        }
    }
}
