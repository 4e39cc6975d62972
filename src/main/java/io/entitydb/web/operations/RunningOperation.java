package io.entitydb.web.operations;

import io.entitydb.entity.WorkProgress;
import io.entitydb.security.Right;
import io.entitydb.temporal.Timestamp;
import io.entitydb.web.problem.Problem;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/** One operation, from its beginning on. Thread-safe. */
final class RunningOperation implements WorkProgress {

    private final String kind;
    private final Scope scope;
    private final String id = UUID.randomUUID().toString();
    private final String startedAt = now();
    private OperationDocument.State state = OperationDocument.State.RUNNING;
    private OperationDocument.@Nullable Progress progress;
    private @Nullable String endedAt;
    private @Nullable Object result;
    private OperationDocument.@Nullable Failure failure;

    RunningOperation(String kind, Scope scope) {
        this.kind = kind;
        this.scope = scope;
    }

    /**
     * Whom an operation concerns.
     *
     * @param principal who began it
     * @param right what is needed to begin it
     * @param dataset in which dataset it is needed; null for an operation on the store
     */
    record Scope(String principal, Right right, @Nullable String dataset) {}

    Scope scope() {
        return scope;
    }

    String id() {
        return id;
    }

    String kind() {
        return kind;
    }

    synchronized boolean isRunning() {
        return state == OperationDocument.State.RUNNING;
    }

    @Override
    public synchronized void at(String activity, long done, long total) {
        progress = new OperationDocument.Progress(activity, done, total);
    }

    synchronized void done(@Nullable Object newResult) {
        state = OperationDocument.State.DONE;
        result = newResult;
        endedAt = now();
    }

    synchronized void failed(Problem problem) {
        state = OperationDocument.State.FAILED;
        failure = new OperationDocument.Failure(problem.type().code(), problem.detail());
        endedAt = now();
    }

    synchronized OperationDocument document() {
        return new OperationDocument(
                id, kind, state, startedAt, endedAt, progress, result, failure);
    }

    private static String now() {
        return Timestamp.of(Instant.now()).toString();
    }
}
