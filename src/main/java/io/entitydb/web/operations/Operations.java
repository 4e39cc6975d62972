package io.entitydb.web.operations;

import io.entitydb.security.Access;
import io.entitydb.security.AuditAction;
import io.entitydb.security.AuditEvent;
import io.entitydb.security.AuditQueue;
import io.entitydb.security.AuditTrail;
import io.entitydb.security.Right;
import io.entitydb.web.problem.ProblemDetailsAdvice;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;

import jakarta.annotation.PreDestroy;

import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;

import org.jspecify.annotations.Nullable;
import org.springframework.security.concurrent.DelegatingSecurityContextRunnable;
import org.springframework.stereotype.Component;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The operations that run, and the last ones that have ended. They are known to this process only:
 * after a restart there are none. Thread-safe.
 */
@Slf4j
@Component
@RequiredArgsConstructor
public final class Operations {

    /** Operations that are remembered, the running ones included. */
    static final int REMEMBERED = 1000;

    /** Operations that may run at the same time. */
    static final int RUNNING = 16;

    private final Access access;
    private final AuditQueue audit;
    private final Deque<RunningOperation> all = new ArrayDeque<>();
    private volatile boolean isClosing;

    /**
     * Begins an operation on a thread of its own.
     *
     * @param kind what is done, in kebab-case
     * @param right what whoever began it needs still, to see it
     * @param work does it, telling how far it is, and gives what came of it
     * @throws ProblemException if too many are running
     */
    public OperationDocument begin(String kind, Right right, Work work) {
        RunningOperation operation =
                new RunningOperation(
                        kind, new RunningOperation.Scope(access.current(), right, null));
        add(operation);
        note(operation, AuditEvent.Result.DONE);
        // Not a virtual thread: the work reads and writes files.
        Thread.ofPlatform()
                .name("entitydb-operation-" + operation.id())
                .daemon()
                .start(
                        // What it writes is written in the name of who began it.
                        new DelegatingSecurityContextRunnable(
                                () -> run(operation, () -> work.run(operation))));
        return operation.document();
    }

    /**
     * Notes an operation that was done within the request.
     *
     * @param kind what was done, in kebab-case
     * @param right what is needed in the dataset to see it
     * @param dataset in which it was done
     * @param result what came of it
     */
    public OperationDocument done(String kind, Right right, String dataset, Object result) {
        RunningOperation operation =
                new RunningOperation(
                        kind, new RunningOperation.Scope(access.current(), right, dataset));
        operation.done(result);
        add(operation);
        return operation.document();
    }

    /** Nobody waits for it: work goes on that may be what a store needs that takes no writes. */
    private void note(RunningOperation operation, AuditEvent.Result result) {
        audit.later(
                AuditTrail.event(
                        AuditAction.MAINTENANCE,
                        result,
                        access.current(),
                        operation.id(),
                        operation.kind()));
    }

    /** An operation that is remembered, if the caller may see it. */
    public Optional<OperationDocument> find(String id) {
        synchronized (all) {
            return all.stream()
                    .filter(operation -> operation.id().equals(id))
                    .filter(this::isShown)
                    .findFirst()
                    .map(RunningOperation::document);
        }
    }

    /** Those that are remembered and that the caller may see, the newest first. */
    public List<OperationDocument> list() {
        synchronized (all) {
            return all.reversed().stream()
                    .filter(this::isShown)
                    .map(RunningOperation::document)
                    .toList();
        }
    }

    /**
     * Who may see the store sees its operations, everybody those that they began and still might
     * begin: a key that is bounded shows nothing of what its user does elsewhere. What was done in
     * a dataset is shown to those only who might do it there.
     */
    private boolean isShown(RunningOperation operation) {
        RunningOperation.Scope scope = operation.scope();
        boolean isConcerned =
                scope.principal().equals(access.current()) || access.allows(Right.STORE_VIEW, null);
        boolean isOfStore = scope.dataset() == null && access.allows(Right.STORE_VIEW, null);
        return isConcerned && (isOfStore || access.allows(scope.right(), scope.dataset()));
    }

    private void add(RunningOperation operation) {
        synchronized (all) {
            long running = all.stream().filter(RunningOperation::isRunning).count();
            if (isClosing || (operation.isRunning() && running >= RUNNING)) {
                throw new ProblemException(
                        ProblemType.STORAGE_BUSY, running + " operations are running");
            }
            all.addLast(operation);
            if (all.size() > REMEMBERED) {
                all.stream().filter(known -> !known.isRunning()).findFirst().ifPresent(all::remove);
            }
        }
    }

    private void run(RunningOperation operation, Callable<@Nullable Object> work) {
        try {
            operation.done(work.call());
            log.atInfo()
                    .addKeyValue("operation", operation.id())
                    .addKeyValue("kind", operation.kind())
                    .log("operation is done");
        } catch (Exception | Error e) {
            operation.failed(ProblemDetailsAdvice.problemOf(e));
            note(operation, AuditEvent.Result.FAILED);
            log.atWarn()
                    .addKeyValue("operation", operation.id())
                    .addKeyValue("kind", operation.kind())
                    .setCause(e)
                    .log("operation failed");
        }
    }

    /** No operation is begun any more; those that run end when the store closes. */
    @PreDestroy
    void close() {
        isClosing = true;
    }
}
