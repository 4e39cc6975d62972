package io.entitydb.search;

import io.entitydb.entity.Commit;
import io.entitydb.entity.Digest;
import io.entitydb.entity.Erasure;
import io.entitydb.entity.Loss;
import io.entitydb.storage.LogFollower;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.header.Header;

import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;

import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.Lock;
import org.apache.lucene.util.IOUtils;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Decides whether the index found in a directory can be gone on with. It can if every byte of it
 * verifies and it tells the beginning of the very history that the engine tells; otherwise it is
 * deleted and begun anew.
 */
@Slf4j
@RequiredArgsConstructor
final class IndexOpening {

    /** The transaction asked for is durable, so it comes at once; longer means that it is lost. */
    private static final Duration KNOWN_TRANSACTION_WAIT = Duration.ofSeconds(5);

    private final StorageEngine engine;
    private final DirectorySource source;

    /**
     * Opens the index.
     *
     * @param isCondemned whether what is found must not be used, whatever it looks like
     * @throws InterruptedException if the thread was interrupted while it waited for the log
     */
    SearchIndex open(boolean isCondemned) throws IOException, InterruptedException {
        Header header = IndexOrigin.headerOf(engine);
        IndexOrigin origin = IndexOrigin.of(header);
        UUID file = header.identity().fileId();
        Directory directory = source.open();
        boolean isOpen = false;
        try {
            Optional<IndexStamp> found = isCondemned ? Optional.empty() : find(directory);
            SearchIndex index =
                    found.isPresent() && isOurs(found.get(), origin, file)
                            ? SearchIndex.reopen(directory, found.get())
                            : rebuilt(directory, IndexStamp.empty(origin, file));
            isOpen = true;
            return on(index, file);
        } finally {
            if (!isOpen) {
                directory.close();
            }
        }
    }

    /** What a crash leaves must say which file may tell more of it. */
    private static SearchIndex on(SearchIndex index, UUID file) throws IOException {
        try {
            index.moveTo(file);
            return index;
        } catch (IOException | RuntimeException e) {
            IOUtils.closeWhileHandlingException(index);
            throw e;
        }
    }

    private Optional<IndexStamp> find(Directory directory) throws IOException {
        if (!DirectoryReader.indexExists(directory)) {
            return Optional.empty();
        }
        try {
            SegmentInfos commit = SegmentInfos.readLatestCommit(directory);
            for (String file : commit.files(true)) {
                verify(directory, file);
            }
            // Tells files that are whole but belong to another segment.
            DirectoryReader.open(directory).close();
            return IndexStamp.read(commit.getUserData());
        } catch (IOException | RuntimeException e) {
            // Lucene meets damaged bytes with exceptions of many kinds; none is worth more than a
            // rebuild.
            log.atWarn().addKeyValue("reason", e).log("search index is damaged");
            return Optional.empty();
        }
    }

    /** Lucene itself looks at most checksums only when it merges. */
    static void verify(Directory directory, String file) throws IOException {
        try (IndexInput in = directory.openInput(file, IOContext.READONCE)) {
            CodecUtil.checksumEntireFile(in);
        }
    }

    private boolean isOurs(IndexStamp stamp, IndexOrigin origin, UUID file)
            throws InterruptedException {
        boolean isOurs =
                stamp.isOf(origin, file)
                        && stamp.sequence() <= engine.snapshot().sequence()
                        && stamp.digest().equals(digestOf(stamp.sequence()));
        if (!isOurs) {
            log.atWarn()
                    .addKeyValue("sequence", stamp.sequence())
                    .log("search index tells another history");
        }
        return isOurs;
    }

    private Digest digestOf(long sequence) throws InterruptedException {
        if (sequence == 0) {
            return Digest.ZERO;
        }
        LogFollower log = engine.follow(sequence - 1);
        while (true) {
            switch (log.next(KNOWN_TRANSACTION_WAIT)) {
                case Commit commit -> {
                    return commit.digest();
                }
                case Loss loss -> {
                    return loss.digest();
                }
                case Erasure erasure -> {}
                case null ->
                        throw new IllegalStateException(
                                "log does not give transaction " + sequence);
            }
        }
    }

    private SearchIndex rebuilt(Directory directory, IndexStamp empty) throws IOException {
        log.atInfo()
                .addKeyValue("transactions", engine.snapshot().sequence())
                .log("search index is built from the log");
        try (Lock lock = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
            lock.ensureValid();
            for (String file : directory.listAll()) {
                if (!file.equals(IndexWriter.WRITE_LOCK_NAME)) {
                    directory.deleteFile(file);
                }
            }
        }
        return SearchIndex.create(directory, empty);
    }
}
