package io.entitydb.storage;

import io.entitydb.entity.Digest;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.storage.log.FrameChain;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

import java.time.Duration;

/** The writer makes a commit visible beside a reader; the twins have to lose. */
public final class VisibilityStress {

    private static final FrameChain BEFORE = border(0);
    private static final FrameChain AFTER = border(1);
    private static final PlatformSignal SIGNAL = new PlatformSignal();
    private static final SimulatedDisk DISK = stopped(new SimulatedDisk(1));
    private static final long NOW = DISK.now();

    private static final EngineSettings SETTINGS =
            new EngineSettings(
                    DISK,
                    SmallStore.options(Duration.ofHours(1)),
                    StorageObserver.NONE,
                    new PlatformCrew());

    private VisibilityStress() {}

    /** Its clock stands still, so that the writer wants to stamp what the reader asks for. */
    private static SimulatedDisk stopped(SimulatedDisk disk) {
        disk.clock().step(0);
        return disk;
    }

    private static FrameChain border(long sequence) {
        return new FrameChain(8192 + 8 * sequence, 1, 0, sequence, sequence, Digest.ZERO);
    }

    /** Whoever sees the sequence of a commit sees what it wrote. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "not visible")
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "written, not visible yet")
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "visible")
    @Outcome(expect = Expect.FORBIDDEN, desc = "visible, and not there")
    @State
    public static class Publication {

        private final Published published = new Published(BEFORE, SIGNAL);
        private int written;

        @Actor
        public void write() {
            written = 1;
            published.advance(AFTER);
        }

        @Actor
        public void read(II_Result result) {
            result.r1 = (int) published.border().sequence();
            result.r2 = written;
        }
    }

    /** Its broken twin: visible first, written then. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "not visible")
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "written, not visible yet")
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "visible")
    @Outcome(expect = Expect.FORBIDDEN, desc = "visible, and not there")
    @State
    public static class PublicationTwin {

        private final Published published = new Published(BEFORE, SIGNAL);
        private volatile int written;

        @Actor
        public void write() {
            published.advance(AFTER);
            written = 1;
        }

        @Actor
        public void read(II_Result result) {
            result.r1 = (int) published.border().sequence();
            result.r2 = written;
        }
    }

    /** Nothing is stamped at an instant that was asked for, unless the asker has waited for it. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "stamped later")
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "stamped before, and seen")
    @Outcome(expect = Expect.FORBIDDEN, desc = "an instant that was answered changes")
    @State
    public static class AsOf {

        private final CommitClock clock = new CommitClock(SETTINGS, 0, 0);
        private final Published published = new Published(BEFORE, SIGNAL);
        private long stamp;

        @Actor
        public void write() {
            stamp = clock.stamp();
            published.advance(AFTER);
            clock.settled();
        }

        @Actor
        public void read(II_Result result) {
            clock.await(NOW);
            boolean isSeen = published.border().sequence() == 1;
            result.r1 = isSeen && stamp <= NOW ? 1 : 0;
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = stamp <= NOW ? 1 : 0;
        }
    }

    /** Its broken twin: the asker waits, and leaves no mark. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "stamped later")
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "stamped before, and seen")
    @Outcome(expect = Expect.FORBIDDEN, desc = "an instant that was answered changes")
    @State
    public static class AsOfTwin {

        private final Published published = new Published(BEFORE, SIGNAL);
        private volatile long inFlight = Long.MAX_VALUE;
        private long stamp;

        @Actor
        public void write() {
            inFlight = NOW;
            stamp = NOW;
            published.advance(AFTER);
            inFlight = Long.MAX_VALUE;
        }

        @Actor
        public void read(II_Result result) {
            while (inFlight <= NOW) {
                Thread.onSpinWait();
            }
            boolean isSeen = published.border().sequence() == 1;
            result.r1 = isSeen && stamp <= NOW ? 1 : 0;
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = stamp <= NOW ? 1 : 0;
        }
    }
}
