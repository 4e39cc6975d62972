package io.entitydb.storage;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntUnaryOperator;

/**
 * A crew of which one member runs at a time, in an order that a test decides.
 *
 * <p>Members change places where they wait and where {@link #pass} is called. Time is simulated: it
 * stands still while anybody can go on, and then moves to the next moment at which somebody's
 * patience ends. Where nobody can go on for ever, that is reported as a deadlock, with a list of
 * who waits for what.
 */
final class DeterministicCrew implements Crew {

    private final IntUnaryOperator order;
    private final List<Actor> actors = new ArrayList<>();
    private long nanos;
    private long switches;
    private @Nullable Throwable failure;

    private DeterministicCrew(IntUnaryOperator order) {
        this.order = order;
    }

    /** Any order, drawn from a seed. */
    static IntUnaryOperator random(long seed) {
        return new SplittableRandom(seed)::nextInt;
    }

    /** Whoever was started last goes first. */
    static IntUnaryOperator latestFirst() {
        return able -> able - 1;
    }

    /**
     * Does something as a member of a new crew; returns when all its members have ended.
     *
     * @param order chooses one of so many members that can go on, in the order of their start
     * @throws AssertionError if members wait for one another for ever, or one outlives the work
     */
    static <T> T run(IntUnaryOperator order, CrewWork<T> work) {
        DeterministicCrew crew = new DeterministicCrew(order);
        CompletableFuture<T> outcome = new CompletableFuture<>();
        Actor first = crew.new Actor("test", () -> crew.finish(() -> work.run(crew), outcome));
        crew.actors.add(first);
        first.go();
        try {
            return outcome.join();
        } catch (CompletionException e) {
            throw rethrown(e.getCause());
        }
    }

    /** What is done by the first member. */
    @FunctionalInterface
    interface CrewWork<T> {
        T run(DeterministicCrew crew) throws Exception;
    }

    private static RuntimeException rethrown(@Nullable Throwable cause) {
        switch (cause) {
            case RuntimeException known -> throw known;
            case Error error -> throw error;
            case null, default -> throw new AssertionError(cause);
        }
    }

    private <T> void finish(Callable<T> work, CompletableFuture<T> outcome) {
        try {
            T result = work.call();
            List<String> left =
                    actors.stream()
                            .filter(actor -> !actor.isDone && actor != current())
                            .map(actor -> actor.name)
                            .toList();
            if (!left.isEmpty()) {
                throw new AssertionError("members outlive the work: " + left);
            }
            if (failure != null) {
                throw new AssertionError("a member failed", failure);
            }
            outcome.complete(result);
        } catch (Throwable e) {
            outcome.completeExceptionally(e);
        }
    }

    /** How often members changed places. */
    long switches() {
        return switches;
    }

    /** Lets another member go on, or this one. */
    void pass() {
        switchFrom(current());
    }

    /** Lets time pass: the others go on meanwhile. */
    void pause(Duration time) {
        waitFor("time", () -> false, time);
    }

    @Override
    public Member start(String name, Runnable work) {
        Actor actor = new Actor(name, work);
        actors.add(actor);
        return actor;
    }

    @Override
    public <T> @Nullable T poll(BlockingQueue<T> queue, Duration patience) {
        waitFor("queue", () -> !queue.isEmpty(), patience);
        return queue.poll();
    }

    @Override
    public <T> T get(CompletableFuture<T> outcome, Duration patience)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (!waitFor("outcome", outcome::isDone, patience)) {
            throw new TimeoutException();
        }
        return outcome.get();
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public Signal signal() {
        return new DeterministicSignal();
    }

    private boolean waitFor(String what, BooleanSupplier condition, Duration patience) {
        Actor self = current();
        self.waits(what, condition, patience);
        switchFrom(self);
        return condition.getAsBoolean();
    }

    private Actor current() {
        Thread thread = Thread.currentThread();
        for (Actor actor : actors) {
            if (actor.thread == thread) {
                return actor;
            }
        }
        throw new IllegalStateException(thread + " is no member of the crew");
    }

    private void switchFrom(Actor self) {
        Actor next = choose();
        if (next != self) {
            switches++;
            next.go();
            self.awaitTurn();
        }
        if (failure instanceof Deadlock deadlock) {
            throw deadlock;
        }
    }

    private Actor choose() {
        List<Actor> able = new ArrayList<>(actors.size());
        for (Actor actor : actors) {
            if (actor.isAble()) {
                able.add(actor);
            }
        }
        if (able.isEmpty()) {
            Actor earliest = null;
            for (Actor actor : actors) {
                if (!actor.isDone && (earliest == null || actor.deadline < earliest.deadline)) {
                    earliest = actor;
                }
            }
            if (earliest == null || earliest.deadline == Long.MAX_VALUE) {
                failure = new Deadlock(actors.stream().map(Actor::toString).toList());
                return actors.getFirst();
            }
            nanos = Math.max(nanos, earliest.deadline);
            able.add(earliest);
        }
        Actor chosen = able.size() == 1 ? able.getFirst() : able.get(order.applyAsInt(able.size()));
        chosen.condition = null;
        return chosen;
    }

    /** Nobody can go on. */
    static final class Deadlock extends AssertionError {

        private static final long serialVersionUID = 1L;

        Deadlock(List<String> members) {
            super("nobody can go on: " + members);
        }
    }

    private final class Actor implements Member {

        private final String name;
        private final Thread thread;
        private volatile boolean mayRun;
        private boolean isStarted;
        private volatile boolean isDone;
        private String awaited = "turn";
        private @Nullable BooleanSupplier condition;
        private long deadline = Long.MAX_VALUE;

        private Actor(String name, Runnable work) {
            this.name = name;
            thread = Thread.ofVirtual().name(name).unstarted(() -> live(work));
        }

        private void live(Runnable work) {
            try {
                work.run();
            } catch (Throwable e) {
                failure = failure == null ? e : failure;
            }
            isDone = true;
            if (this != actors.getFirst()) {
                actors.remove(this);
                switches++;
                choose().go();
            }
        }

        private void go() {
            if (!isStarted) {
                isStarted = true;
                thread.start();
                return;
            }
            mayRun = true;
            LockSupport.unpark(thread);
        }

        private void awaitTurn() {
            while (!mayRun) {
                LockSupport.park(DeterministicCrew.this);
                // An interrupt is for what the member does, not for its waiting here.
            }
            mayRun = false;
        }

        private void waits(String what, BooleanSupplier until, Duration patience) {
            awaited = what;
            condition = until;
            long left = patience.toNanos();
            deadline = left > Long.MAX_VALUE - nanos ? Long.MAX_VALUE : nanos + Math.max(0, left);
        }

        private boolean isAble() {
            return !isDone && (condition == null || condition.getAsBoolean());
        }

        @Override
        public boolean isAlive() {
            return !isDone;
        }

        @Override
        public void join(Duration patience) {
            waitFor("end of " + name, () -> isDone, patience);
        }

        @Override
        public String toString() {
            return name + " waits for " + awaited;
        }
    }

    /** Only who is told to looks again: a wake-up that is forgotten is a deadlock here too. */
    private final class DeterministicSignal implements Signal {

        private long raised;

        @Override
        public void raise() {
            raised++;
        }

        @Override
        public boolean await(BooleanSupplier condition, Duration patience) {
            long left = patience.toNanos();
            long end = left > Long.MAX_VALUE - nanos ? Long.MAX_VALUE : nanos + left;
            while (!condition.getAsBoolean()) {
                long before = raised;
                if (!waitFor("signal", () -> raised != before, Duration.ofNanos(end - nanos))) {
                    return condition.getAsBoolean();
                }
            }
            return true;
        }
    }
}
