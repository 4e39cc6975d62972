package io.entitydb.web.transactions;

import io.entitydb.entity.ChangeLog;
import io.entitydb.entity.Commit;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.Erasure;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.entity.LogEntry;
import io.entitydb.entity.Loss;
import io.entitydb.query.PageRequest;
import io.entitydb.security.Access;
import io.entitydb.security.Right;
import io.entitydb.web.changes.ChangeOp;
import io.entitydb.web.dataset.Datasets;
import io.entitydb.web.http.PageParameters;
import io.entitydb.web.http.TransactionHeader;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import java.time.Duration;
import java.util.List;

/** Finds transactions that were made. */
@Service
@RequiredArgsConstructor
class TransactionQueries {

    /** What was read before it is durable is waited for; intervals between forces are shorter. */
    private static final Duration PATIENCE = Duration.ofSeconds(70);

    private static final int MAX_CURSOR_DIGITS = 9;

    private final ChangeLog log;
    private final EntityRepository repository;
    private final TransactionNotes notes;
    private final TransactionHeader header;
    private final Access access;

    /**
     * A transaction, with a page of its changes.
     *
     * @throws ProblemException if there is none of that number, or it is lost
     * @throws InvalidQueryException if the page begins behind the last change
     * @throws io.entitydb.storage.error.CorruptDataException if it does not verify, or may be among
     *     those that a gap has swallowed
     */
    TransactionDocument find(long number, PageRequest page) {
        Commit commit =
                switch (entry(number)) {
                    case Commit found -> found;
                    case Loss loss ->
                            throw new ProblemException(
                                    ProblemType.TRANSACTION_LOST,
                                    "a repair gave up the transactions "
                                            + loss.firstSequence()
                                            + " to "
                                            + loss.sequence());
                    case Erasure e -> throw new IllegalStateException("an erasure is passed over");
                };
        TransactionDocument document = document(commit, page);
        header.tell(number);
        return document;
    }

    /** The transaction, or the loss that it is a part of. */
    private LogEntry entry(long number) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            long mark = log.mark();
            ChangeLog.History history = log.history();
            boolean isCommitted = number >= 1 && number <= repository.snapshot();
            if (!isCommitted) {
                // Where history is cut off by damage, this says so.
                history.at(Math.max(number, 0));
                throw unknown(number);
            }
            LogEntry entry = firstAfter(history, number - 1);
            if (entry != null) {
                return entry;
            }
            await(mark, Duration.ofNanos(deadline - System.nanoTime()));
        }
    }

    private static @Nullable LogEntry firstAfter(ChangeLog.History history, long sequence) {
        ChangeLog.Reading reading = history.readAfter(sequence);
        LogEntry entry = reading.next();
        while (entry instanceof Erasure) {
            entry = reading.next();
        }
        return entry;
    }

    private void await(long mark, Duration patience) {
        try {
            if (patience.isNegative() || !log.awaitAfter(mark, patience)) {
                throw new ProblemException(
                        ProblemType.TIMEOUT, "the transaction is not durable yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemType.SERVICE_UNAVAILABLE, "the service is stopping");
        }
    }

    private TransactionDocument document(Commit commit, PageRequest page) {
        List<Entity> changes =
                commit.changes().stream()
                        .filter(change -> isShown(change.key().dataset()))
                        .toList();
        List<TransactionDocument.DatasetChange> datasets = datasets(commit);
        boolean isWhole = access.allows(Right.ENTITY_VIEW, null);
        if (!isWhole && changes.isEmpty() && datasets.isEmpty()) {
            throw unknown(commit.sequence());
        }
        int from = from(page.cursor(), changes.size());
        int to = Math.min(from + page.limit(), changes.size());
        // What was said of the whole is for those who may see the whole.
        TransactionNote note =
                notes.among(commit.changes())
                        .filter(any -> isWhole || isSeenWhole(commit))
                        .orElse(new TransactionNote(null, null));
        return new TransactionDocument(
                commit.sequence(),
                commit.at().toString(),
                commit.changes().isEmpty()
                        ? null
                        : commit.changes().getFirst().version().principal(),
                note.reason(),
                note.metadata(),
                commit.digest().toString(),
                changes.subList(from, to).stream().map(TransactionQueries::change).toList(),
                datasets,
                commit.removed() == 0 || !isWhole ? null : commit.removed(),
                to == changes.size() ? null : Integer.toString(to));
    }

    private boolean isSeenWhole(Commit commit) {
        return commit.removed() == 0
                && commit.changes().stream()
                        .map(change -> change.key().dataset())
                        .allMatch(dataset -> Datasets.isReserved(dataset) || isShown(dataset));
    }

    private boolean isShown(String dataset) {
        return !Datasets.isReserved(dataset) && access.allows(Right.ENTITY_VIEW, dataset);
    }

    /** The same for one that was not made and one that the caller may not know of. */
    private static ProblemException unknown(long number) {
        return new ProblemException(ProblemType.TRANSACTION_NOT_FOUND, "no transaction " + number);
    }

    /** What a transaction made never changes, so a place in it needs no more than its number. */
    private static int from(@Nullable String cursor, int size) {
        if (cursor == null) {
            return 0;
        }
        long from = PageParameters.number("cursor", cursor, MAX_CURSOR_DIGITS);
        if (from >= size) {
            throw new InvalidQueryException("cursor", "the transaction has fewer changes");
        }
        return (int) from;
    }

    private static TransactionDocument.Change change(Entity entity) {
        return new TransactionDocument.Change(
                ChangeOp.of(entity),
                entity.key().dataset(),
                entity.key().id(),
                entity.version().number());
    }

    private List<TransactionDocument.DatasetChange> datasets(Commit commit) {
        return commit.changes().stream()
                .filter(change -> Datasets.isDataset(change.key()))
                .filter(change -> access.caller().permissions().reach(Datasets.nameOf(change)))
                .map(
                        change ->
                                new TransactionDocument.DatasetChange(
                                        ChangeOp.of(change), Datasets.nameOf(change)))
                .toList();
    }
}
