package io.entitydb.web.transactions;

import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.Version;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.web.entities.EntityChanges;
import io.entitydb.web.http.TransactionHeader;
import io.entitydb.web.http.Writing;
import io.entitydb.web.http.Written;
import io.entitydb.web.idempotency.IdempotentWriting;
import io.entitydb.web.problem.EntityProblems;
import io.entitydb.web.problem.ProblemException;

import lombok.RequiredArgsConstructor;

import org.springframework.stereotype.Service;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Makes transactions of several operations.
 *
 * <p>All conditions are about the state before the transaction, wherever they stand in it: what
 * only expects is checked first, and each entity is written once.
 */
@Service
@RequiredArgsConstructor
class TransactionCommands {

    private final EntityRepository repository;
    private final EntityChanges changes;
    private final OperationReader reader;
    private final TransactionNotes notes;
    private final IdempotentWriting idempotent;
    private final Writing writing;
    private final TransactionHeader header;

    /**
     * Makes a transaction.
     *
     * @throws ProblemException if it cannot be made, pointing to the operation; nothing is written
     *     then
     */
    TransactionAnswer make(TransactionRequest request) {
        Plan plan = plan(request);
        List<EntityKey> keys = plan.operations().stream().map(Operation::key).toList();
        try {
            return plan.isWrite() ? write(plan, keys) : expect(plan, keys);
        } catch (VersionConflictException e) {
            throw lost(plan, e);
        }
    }

    private TransactionAnswer write(Plan plan, List<EntityKey> keys) {
        List<Written> made = idempotent.write(keys, () -> run(plan)).made();
        Written first =
                plan.operations().stream()
                        .filter(Operation::isWrite)
                        .findFirst()
                        .map(operation -> made.get(operation.index()))
                        .orElseThrow();
        Version version = writing.committed(first.key(), first.version()).version();
        return new TransactionAnswer(
                version.transaction(), version.at().toString(), null, results(plan, made));
    }

    /** Nothing is written, so there is nothing that must not be made twice. */
    private TransactionAnswer expect(Plan plan, List<EntityKey> keys) {
        AtomicLong snapshot = new AtomicLong();
        List<Written> made =
                writing.write(
                        keys,
                        () -> {
                            snapshot.set(repository.snapshot());
                            return run(plan);
                        });
        header.tell(snapshot.get());
        return new TransactionAnswer(snapshot.get(), null, null, results(plan, made));
    }

    /**
     * Does all that making a transaction does, but the commit.
     *
     * @throws ProblemException if it cannot be made
     */
    TransactionAnswer tryOut(TransactionRequest request) {
        Plan plan = plan(request);
        List<Written> made = writing.tryOut(() -> run(plan));
        return new TransactionAnswer(null, null, true, results(plan, made));
    }

    private Plan plan(TransactionRequest request) {
        List<Operation> operations = reader.read(request.operations());
        TransactionNote note = notes.of(request);
        Plan plan = new Plan(operations, note);
        if (!plan.isWrite()) {
            note.requireEmpty();
        }
        return plan;
    }

    private List<Written> run(Plan plan) {
        List<Operation> inTurn = new ArrayList<>(plan.operations());
        inTurn.sort(Comparator.comparing(Operation::isWrite));
        Written[] results = new Written[inTurn.size()];
        inTurn.forEach(operation -> results[operation.index()] = operation.make(changes));
        if (!plan.note().isEmpty()) {
            notes.write(plan.note());
        }
        return List.of(results);
    }

    /** The problem of a transaction whose commits were all lost to others. */
    private static RuntimeException lost(Plan plan, VersionConflictException conflict) {
        EntityKey key = conflict.key();
        Predicate<Operation> isIt = operation -> operation.key().equals(key);
        return plan.operations().stream()
                .filter(isIt)
                .findFirst()
                .<RuntimeException>map(
                        operation ->
                                new ProblemException(
                                        OperationProblems.at(
                                                operation.index(),
                                                "/id",
                                                EntityProblems.of(conflict))))
                .orElse(conflict);
    }

    private static List<TransactionAnswer.Result> results(Plan plan, List<Written> made) {
        return plan.operations().stream()
                .map(op -> TransactionAnswer.Result.of(op, made.get(op.index())))
                .toList();
    }

    /**
     * What is to be made.
     *
     * @param operations in the order of the request
     * @param note what is kept with them
     */
    private record Plan(List<Operation> operations, TransactionNote note) {

        private boolean isWrite() {
            return operations.stream().anyMatch(Operation::isWrite);
        }
    }
}
