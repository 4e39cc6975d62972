package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.entitydb.storage.error.StorageClosedException;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.util.LoggingLevel;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Every interleaving of adding and ending looks like some order of them. */
class TaskQueueLincheckTests {

    @Test
    void everyInterleavingIsLinearizable() {
        modelChecking().check(Tasks.class);
    }

    @Test
    void forgottenTaskOfATwinIsFound() {
        assertThatExceptionOfType(LincheckAssertionError.class)
                .isThrownBy(() -> modelChecking().check(Forgetful.class));
    }

    private static ModelCheckingOptions modelChecking() {
        return new ModelCheckingOptions()
                .iterations(10)
                .invocationsPerIteration(200)
                .threads(3)
                .actorsBefore(0)
                .actorsPerThread(1)
                .minimizeFailedScenario(false)
                .logLevel(LoggingLevel.ERROR);
    }

    /** The real one: it is ended once. */
    public static class Tasks {

        private final TaskQueue queue = new TaskQueue(10);

        @Operation
        public String add() {
            try {
                return queue.add(new CommitRequest(List.of(), List.of(), 0)) ? "waits" : "busy";
            } catch (StorageClosedException e) {
                return "closed";
            }
        }

        @Operation(runOnce = true)
        public int end() {
            List<WriterTask> taken = new ArrayList<>();
            queue.end(taken);
            return taken.size();
        }
    }

    /** Its broken twin: looks once whether the queue has ended. */
    public static class Forgetful {

        private final Queue<WriterTask> queue = new ConcurrentLinkedQueue<>();
        private volatile boolean isEnded;

        @Operation
        public String add() {
            if (isEnded) {
                return "closed";
            }
            queue.add(new Errand<>(() -> 1));
            return "waits";
        }

        @Operation(runOnce = true)
        public int end() {
            isEnded = true;
            int taken = 0;
            while (queue.poll() != null) {
                taken++;
            }
            return taken;
        }
    }
}
