package io.entitydb.search;

import io.entitydb.entity.Commit;
import io.entitydb.entity.Entity;
import io.entitydb.storage.Snapshot;

import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.IOUtils;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An open index: takes transactions in order and knows which was the last.
 *
 * <p>The newest version of an entity and the earlier one that it pushes into the past change hands
 * in one step, so a reader opened at any moment finds each version exactly once. Used by one
 * thread, where nothing else is said. Durable only up to the last {@link #commit}.
 */
final class SearchIndex implements Closeable {

    /** Memory for documents not yet in a segment, in MiB; more would only make restarts longer. */
    private static final double BUFFER_MIB = 32;

    private final Directory directory;
    private final IndexWriter writer;
    private IndexStamp stamp;
    private IndexStamp committed;
    private final AtomicLong documents;

    private SearchIndex(Directory directory, IndexWriter writer, IndexStamp stamp) {
        this.directory = directory;
        this.writer = writer;
        this.stamp = stamp;
        this.committed = stamp;
        this.documents = new AtomicLong(writer.getDocStats().numDocs);
    }

    /** Goes on with the index of a directory, which must hold what the stamp says. */
    static SearchIndex reopen(Directory directory, IndexStamp stamp) throws IOException {
        return new SearchIndex(directory, writer(directory, OpenMode.APPEND), stamp);
    }

    /** Begins an index in an empty directory. */
    static SearchIndex create(Directory directory, IndexOrigin origin) throws IOException {
        return new SearchIndex(
                directory, writer(directory, OpenMode.CREATE), IndexStamp.empty(origin));
    }

    private static IndexWriter writer(Directory directory, OpenMode mode) throws IOException {
        IndexWriterConfig config =
                new IndexWriterConfig()
                        .setOpenMode(mode)
                        .setRAMBufferSizeMB(BUFFER_MIB)
                        // A query waits for the refresh, so no merge may hold it up.
                        .setMaxFullFlushMergeWaitMillis(0)
                        .setCommitOnClose(false);
        return new IndexWriter(directory, config);
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
     * Adds the next transaction.
     *
     * @param commit the transaction after the one of the stamp
     * @param state a state that knows all versions before it
     */
    void apply(Commit commit, Snapshot state) throws IOException {
        if (commit.sequence() != stamp.sequence() + 1) {
            throw new IllegalStateException(
                    "transaction " + commit.sequence() + " after " + stamp.sequence());
        }
        List<List<Document>> changes = new ArrayList<>(commit.changes().size());
        for (Entity entity : commit.changes()) {
            changes.add(documents(entity, state));
        }
        for (int i = 0; i < changes.size(); i++) {
            List<Document> documents = changes.get(i);
            if (documents.size() == 1) {
                writer.addDocument(documents.getFirst());
            } else {
                writer.updateDocuments(Documents.key(commit.changes().get(i).key()), documents);
            }
        }
        documents.addAndGet(changes.size());
        stamp = new IndexStamp(stamp.origin(), commit.sequence(), commit.digest());
    }

    private static List<Document> documents(Entity entity, Snapshot state) {
        Document current = Documents.current(entity);
        if (entity.version().number() == 1) {
            return List.of(current);
        }
        long before = entity.version().number() - 1;
        Entity followed =
                state.version(entity.key(), before)
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "engine misses version "
                                                        + before
                                                        + " of an entity that transaction "
                                                        + entity.version().transaction()
                                                        + " changed"));
        return List.of(Documents.past(followed, entity.version().transaction()), current);
    }

    /** Makes everything durable; does nothing if everything is. */
    void commit() throws IOException {
        if (stamp.equals(committed)) {
            return;
        }
        writer.setLiveCommitData(stamp.write().entrySet());
        writer.commit();
        committed = stamp;
    }

    /** A reader of all that was applied before the call. Thread-safe. */
    DirectoryReader reader() throws IOException {
        return DirectoryReader.open(writer);
    }

    /** The same, unless the given reader misses nothing. Thread-safe. */
    Optional<DirectoryReader> newerThan(DirectoryReader reader) throws IOException {
        return Optional.ofNullable(DirectoryReader.openIfChanged(reader, writer));
    }

    /** Forgets what is not durable and closes the files. */
    @Override
    public void close() throws IOException {
        IOUtils.close(writer::rollback, directory);
    }
}
