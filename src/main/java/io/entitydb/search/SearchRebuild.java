package io.entitydb.search;

import io.entitydb.entity.StepObserver;
import io.entitydb.entity.WorkProgress;
import io.entitydb.query.SearchUnavailableException;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.header.Header;

import lombok.RequiredArgsConstructor;

import org.apache.lucene.store.FSDirectory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Builds the search index of an open store anew, in the place of the one that is there. */
@RequiredArgsConstructor
public final class SearchRebuild {

    private static final Duration COMMIT_INTERVAL = Duration.ofMinutes(1);
    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    /** Time between two looks at how far it is. */
    private static final Duration STEP = Duration.ofSeconds(1);

    /** The longest wait for one step forward. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final StorageEngine engine;
    private final Path dataDirectory;

    /** Removes the index of a data directory, which can be built again. */
    public static void delete(Path dataDirectory) {
        Path index = dataDirectory.resolve(SearchVerification.DIRECTORY);
        if (!Files.isDirectory(index)) {
            return;
        }
        try (Stream<Path> files = Files.list(index)) {
            List<Path> found = files.toList();
            for (Path file : found) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Builds it.
     *
     * @param progress is told how many transactions are in it
     * @return documents in it
     * @throws SearchUnavailableException if that does not come to an end
     */
    public long run(WorkProgress progress) {
        CurrentIndex current = new CurrentIndex(STEP);
        DirectorySource source =
                () -> FSDirectory.open(dataDirectory.resolve(SearchVerification.DIRECTORY));
        IndexFollower follower =
                new IndexFollower(
                        engine,
                        source,
                        current,
                        new IndexFollower.Timing(COMMIT_INTERVAL, Duration.ZERO, RETRY_DELAY));
        IndexMonitor monitor = new IndexMonitor(engine, current, new QueryTimes(StepObserver.NONE));
        follower.start();
        try {
            return await(current, monitor, progress);
        } finally {
            follower.stop();
        }
    }

    private long await(CurrentIndex current, IndexMonitor monitor, WorkProgress progress) {
        Header header = Objects.requireNonNull(engine.status().header(), "the store is open");
        long last = engine.status().visibleSequence();
        long moved = System.nanoTime();
        long indexed = 0;
        while (true) {
            try (SearchView _ =
                    current.at(IndexOrigin.of(header), header.identity().fileId(), last)) {
                return monitor.status().documents();
            } catch (SearchUnavailableException e) {
                SearchStatus status = monitor.status();
                if (status.indexedSequence() > indexed) {
                    indexed = status.indexedSequence();
                    moved = System.nanoTime();
                }
                if (status.state() instanceof SearchState.Failed
                        || System.nanoTime() - moved > PATIENCE.toNanos()) {
                    throw e;
                }
                progress.at("building the search index", indexed, last);
            }
        }
    }
}
