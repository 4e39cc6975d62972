package io.entitydb.search;

import io.entitydb.entity.Commit;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Erasure;
import io.entitydb.entity.HistoryRange;
import io.entitydb.entity.LogEntry;
import io.entitydb.entity.Loss;
import io.entitydb.storage.Snapshot;

import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.Query;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An open index: takes transactions in order and knows which was the last.
 *
 * <p>A transaction goes in as a whole before a reader is opened, so a reader finds each version
 * exactly once. Used by one thread, where nothing else is said. Durable only up to the last {@link
 * #commit}.
 */
final class SearchIndex implements Closeable {

    /** A merge that began by itself may keep a segment from one round, hardly from all. */
    private static final int MAX_ROUNDS = 3;

    private final Directory directory;
    private final IndexWriter writer;
    private final Merges merges;

    /** Held while a transaction goes in and while a reader is opened; first come, first served. */
    private final ReentrantLock step = new ReentrantLock(true);

    private final AtomicLong documents;
    private IndexStamp stamp;
    private IndexStamp committed;

    /** Whether something was erased that the files may still hold. */
    private boolean isErasureOwed;

    /** What a version does to the index. */
    private sealed interface Change {

        /** The first version of an entity. */
        record First(Document current) implements Change {}

        /**
         * A later version.
         *
         * @param past the version before, which it pushes into the past; null if that is erased
         */
        record Next(Term key, Document current, @Nullable Document past) implements Change {}

        /** An erased version: it and all before it are in no answer. */
        record Gone(Query versions) implements Change {}
    }

    private SearchIndex(Directory directory, IndexWriter writer, IndexStamp stamp) {
        this.directory = directory;
        this.writer = writer;
        this.merges = (Merges) writer.getConfig().getMergeScheduler();
        this.stamp = stamp;
        this.committed = stamp;
        this.documents = new AtomicLong(writer.getDocStats().numDocs);
    }

    /** Goes on with the index of a directory, which must hold what the stamp says. */
    static SearchIndex reopen(Directory directory, IndexStamp stamp) throws IOException {
        return new SearchIndex(directory, Segments.writer(directory, OpenMode.APPEND), stamp);
    }

    /** Begins an index in an empty directory. */
    static SearchIndex create(Directory directory, IndexStamp empty) throws IOException {
        return new SearchIndex(directory, Segments.writer(directory, OpenMode.CREATE), empty);
    }

    /**
     * Goes on with another file, durably; null where that is not open yet. The index must hold all
     * that the present file told.
     */
    void moveTo(@Nullable UUID fileId) throws IOException {
        stamp = stamp.in(fileId);
        commit();
    }

    /** What the index holds. */
    IndexStamp stamp() {
        return stamp;
    }

    /** Versions in the index, present and past. Thread-safe. */
    long documents() {
        return documents.get();
    }

    /**
     * Takes over the next entry of the log.
     *
     * @param entry what comes after the transaction of the stamp
     * @param state a state that knows all versions before it
     */
    void apply(LogEntry entry, Snapshot state) throws IOException {
        switch (entry) {
            case Commit commit -> apply(commit, state);
            case Erasure erasure ->
                    write(
                            List.of(
                                    new Change.Gone(
                                            Documents.versions(erasure.key(), erasure.version()))));
            case Loss loss -> stamp = stamp.at(loss.sequence(), loss.digest());
        }
    }

    /**
     * Adds the next transaction.
     *
     * @param commit the transaction after the one of the stamp
     * @param state a state that knows all versions before it
     */
    private void apply(Commit commit, Snapshot state) throws IOException {
        if (commit.sequence() != stamp.sequence() + 1) {
            throw new IllegalStateException(
                    "transaction " + commit.sequence() + " after " + stamp.sequence());
        }
        List<Change> changes = new ArrayList<>(commit.changes().size());
        for (Entity entity : commit.changes()) {
            changes.add(change(entity, state));
        }
        write(changes);
        stamp = stamp.at(commit.sequence(), commit.digest());
    }

    private void write(List<Change> changes) throws IOException {
        step.lock();
        try {
            for (Change change : changes) {
                write(change);
            }
        } finally {
            step.unlock();
        }
    }

    private void write(Change change) throws IOException {
        switch (change) {
            case Change.First(Document current) -> {
                writer.addDocument(current);
                documents.incrementAndGet();
            }
            case Change.Next(Term key, Document current, @Nullable Document past) -> {
                if (past != null) {
                    writer.addDocument(past);
                    documents.incrementAndGet();
                }
                writer.updateDocument(key, current);
            }
            case Change.Gone(Query versions) -> {
                writer.deleteDocuments(versions);
                isErasureOwed = true;
            }
        }
    }

    private static Change change(Entity entity, Snapshot state) {
        if (entity.isErased()) {
            return new Change.Gone(Documents.versions(entity.key(), entity.version().number()));
        }
        Term key = Documents.key(entity.key());
        Document current = Documents.current(entity);
        if (entity.version().number() == 1) {
            return new Change.First(current);
        }
        long before = entity.version().number() - 1;
        long transaction = entity.version().transaction();
        return new Change.Next(key, current, past(entity.key(), before, transaction, state));
    }

    /**
     * What goes into the past with a version; null if it is erased. Where an accepted loss or a
     * retention left none, a document that says so.
     */
    private static @Nullable Document past(EntityKey key, long version, long to, Snapshot state) {
        HistoryRange upTo = new HistoryRange(version, false, 1);
        List<Entity> followed = state.history(key, upTo);
        if (followed.isEmpty()) {
            return Documents.retired(key, version, to);
        }
        Entity newest = followed.getFirst();
        return newest.isErased() ? null : Documents.past(newest, to);
    }

    /** Whether the next commit writes segments anew, because something was erased. */
    boolean isErasureOwed() {
        return isErasureOwed;
    }

    /**
     * Makes everything durable; does nothing if everything is. What was erased is in no file
     * afterwards that no reader holds open.
     */
    void commit() throws IOException {
        // The files of an index that has merely been created are no change.
        boolean isMerged = committed.sequence() > 0 && writer.hasUncommittedChanges();
        if (stamp.equals(committed) && !isErasureOwed && !isMerged) {
            return;
        }
        if (isErasureOwed) {
            driveOutErased();
        }
        writer.setLiveCommitData(stamp.write().entrySet());
        writer.commit();
        committed = stamp;
    }

    /** A merge that is running already took its deletions as they were when it began. */
    private void driveOutErased() throws IOException {
        for (int round = 0; round < MAX_ROUNDS && writer.hasDeletions(); round++) {
            merges.sync();
            writer.forceMergeDeletes(true);
            merges.sync();
        }
        isErasureOwed = false;
        documents.set(writer.getDocStats().numDocs);
    }

    /** Documents that are in no segment yet. Thread-safe. */
    int documentsInMemory() {
        return writer.numRamDocs();
    }

    /**
     * Writes documents into a segment, so that the next reader is opened sooner; not to the disk.
     * Others are added meanwhile. Thread-safe.
     */
    void writeSegment() throws IOException {
        writer.flushNextBuffer();
    }

    /**
     * Makes few segments of small ones, beside everything else.
     *
     * @return whether segments have become fewer since this was called last
     */
    boolean mergeSmall() throws IOException {
        writer.maybeMerge();
        return merges.takeDone();
    }

    /** A reader of all that was applied before the call. Thread-safe. */
    DirectoryReader reader() throws IOException {
        step.lock();
        try {
            return DirectoryReader.open(writer);
        } finally {
            step.unlock();
        }
    }

    /** The same, unless the given reader misses nothing. Thread-safe. */
    Optional<DirectoryReader> newerThan(DirectoryReader reader) throws IOException {
        step.lock();
        try {
            return Optional.ofNullable(DirectoryReader.openIfChanged(reader, writer));
        } finally {
            step.unlock();
        }
    }

    /** Forgets what is not durable and closes the files. */
    @Override
    public void close() throws IOException {
        IOUtils.close(writer::rollback, directory);
    }
}
