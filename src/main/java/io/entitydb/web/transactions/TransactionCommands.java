package io.entitydb.web.transactions;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.web.entities.EntityChanges;
import io.entitydb.web.http.TransactionHeader;
import io.entitydb.web.http.Writing;
import io.entitydb.web.http.Written;
import io.entitydb.web.problem.EntityProblems;
import io.entitydb.web.problem.ProblemException;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
        Made made = write(plan);
        Written first =
                plan.operations().stream()
                        .filter(Operation::isWrite)
                        .findFirst()
                        .map(operation -> made.results().get(operation.index()))
                        .orElse(null);
        if (first == null) {
            header.tell(made.snapshot());
            return answer(plan, made, made.snapshot(), null);
        }
        Entity entity = writing.committed(first.key(), first.version());
        return answer(plan, made, entity.version().transaction(), entity.version().at().toString());
    }

    /**
     * Does all that making a transaction does, but the commit.
     *
     * @throws ProblemException if it cannot be made
     */
    TransactionAnswer tryOut(TransactionRequest request) {
        Plan plan = plan(request);
        Made made = writing.tryOut(() -> run(plan));
        return new TransactionAnswer(null, null, true, results(plan, made));
    }

    private Plan plan(TransactionRequest request) {
        List<Operation> operations = reader.read(request.operations());
        TransactionNote note = notes.of(request);
        if (operations.stream().noneMatch(Operation::isWrite)) {
            note.requireEmpty();
        }
        return new Plan(operations, note);
    }

    private Made write(Plan plan) {
        try {
            return writing.write(
                    plan.operations().stream().map(Operation::key).toList(), () -> run(plan));
        } catch (VersionConflictException e) {
            throw lost(plan, e);
        }
    }

    private Made run(Plan plan) {
        List<Operation> inTurn = new ArrayList<>(plan.operations());
        inTurn.sort(Comparator.comparing(Operation::isWrite));
        Written[] results = new Written[inTurn.size()];
        inTurn.forEach(operation -> results[operation.index()] = operation.make(changes));
        if (!plan.note().isEmpty()) {
            notes.write(plan.note());
        }
        return new Made(List.of(results), repository.snapshot());
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

    private static TransactionAnswer answer(
            Plan plan, Made made, long transaction, @Nullable String instant) {
        return new TransactionAnswer(transaction, instant, null, results(plan, made));
    }

    private static List<TransactionAnswer.Result> results(Plan plan, Made made) {
        return plan.operations().stream()
                .map(op -> TransactionAnswer.Result.of(op, made.results().get(op.index())))
                .toList();
    }

    /**
     * What is to be made.
     *
     * @param operations in the order of the request
     * @param note what is kept with them
     */
    private record Plan(List<Operation> operations, TransactionNote note) {}

    /**
     * What was made.
     *
     * @param results one for each operation, in the order of the request
     * @param snapshot the transaction before
     */
    private record Made(List<Written> results, long snapshot) {}
}
