package io.entitydb.storage;

import io.entitydb.storage.error.StorageClosedException;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Tasks are added while the queue ends; the twin has to lose one. */
public final class TaskQueueStress {

    private static final WriterTask TASK = new Errand<>(() -> 1);

    private TaskQueueStress() {}

    /** What was accepted is taken, and what was refused is not. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "accepted and taken")
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "refused")
    @Outcome(expect = Expect.FORBIDDEN, desc = "forgotten, or taken though refused")
    @State
    public static class End {

        private final TaskQueue queue = new TaskQueue(1);
        private final List<WriterTask> taken = new ArrayList<>();

        @Actor
        public void add(II_Result result) {
            try {
                result.r1 = queue.add(TASK) ? 1 : 0;
            } catch (StorageClosedException e) {
                result.r1 = 0;
            }
        }

        @Actor
        public void end() {
            queue.end(taken);
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = taken.size();
        }
    }

    /** Its broken twin: looks whether the queue has ended before it adds, and not again. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "accepted and taken")
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "refused")
    @Outcome(expect = Expect.FORBIDDEN, desc = "forgotten, or taken though refused")
    @State
    public static class EndTwin {

        private final Queue<WriterTask> queue = new ConcurrentLinkedQueue<>();
        private final List<WriterTask> taken = new ArrayList<>();
        private volatile boolean isEnded;

        @Actor
        public void add(II_Result result) {
            if (!isEnded) {
                queue.add(TASK);
                result.r1 = 1;
            }
        }

        @Actor
        public void end() {
            isEnded = true;
            for (WriterTask task = queue.poll(); task != null; task = queue.poll()) {
                taken.add(task);
            }
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = taken.size();
        }
    }

    /** One of two transactions finds room. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "the first")
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "the second")
    @Outcome(expect = Expect.FORBIDDEN, desc = "both, or none")
    @State
    public static class Room {

        private final TaskQueue queue = new TaskQueue(1);

        @Actor
        public void first(II_Result result) {
            result.r1 = queue.add(new CommitRequest(List.of(), List.of(), 0)) ? 1 : 0;
        }

        @Actor
        public void second(II_Result result) {
            result.r2 = queue.add(new CommitRequest(List.of(), List.of(), 0)) ? 1 : 0;
        }
    }

    /** Its broken twin: counts, and adds then. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "the first")
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "the second")
    @Outcome(expect = Expect.FORBIDDEN, desc = "both, or none")
    @State
    public static class RoomTwin {

        private final Queue<WriterTask> queue = new ConcurrentLinkedQueue<>();

        @Actor
        public void first(II_Result result) {
            result.r1 = add() ? 1 : 0;
        }

        @Actor
        public void second(II_Result result) {
            result.r2 = add() ? 1 : 0;
        }

        private boolean add() {
            return queue.isEmpty() && queue.add(new CommitRequest(List.of(), List.of(), 0));
        }
    }
}
