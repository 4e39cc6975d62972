package io.entitydb.storage.header;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Two threads at one header, millions of times; the twins have to lose. */
public final class HeaderSyncStress {

    private static final Header NEW_FILE = Headers.ofNewFile();

    private HeaderSyncStress() {}

    private static void append(HeaderOwner owner) {
        owner.update(header -> header.withDataSize(header.dataSize() + 8));
    }

    private static int appended(HeaderOwner owner) {
        return (int) (owner.current().dataSize() - NEW_FILE.dataSize()) / 8;
    }

    /** No update is lost. */
    @JCStressTest
    @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "both updates")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a lost update")
    @State
    public static class Updates {

        private final HeaderOwner owner = HeaderOwner.synchronised(NEW_FILE, next -> {});

        @Actor
        public void first() {
            append(owner);
        }

        @Actor
        public void second() {
            append(owner);
        }

        @Arbiter
        public void after(I_Result result) {
            result.r1 = appended(owner);
        }
    }

    /** Its broken twin. */
    @JCStressTest
    @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "both updates")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a lost update")
    @State
    public static class UpdatesTwin {

        private final HeaderOwner owner = new HeaderOwner.Unlocked(NEW_FILE, next -> {});

        @Actor
        public void first() {
            append(owner);
        }

        @Actor
        public void second() {
            append(owner);
        }

        @Arbiter
        public void after(I_Result result) {
            result.r1 = appended(owner);
        }
    }

    /** What is seen was published before, and is of one publication. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "whole and published")
    @Outcome(expect = Expect.FORBIDDEN, desc = "mixed, or seen too early")
    @State
    public static class Reads {

        private final Sink sink = new Sink();
        private final HeaderOwner owner = HeaderOwner.synchronised(NEW_FILE, sink);

        @Actor
        public void write() {
            owner.update(header -> Headers.after(header.walSequence() + 1, header));
        }

        @Actor
        public void read(II_Result result) {
            sink.judge(owner.current(), result);
        }
    }

    /** Its broken twin. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "whole and published")
    @Outcome(expect = Expect.FORBIDDEN, desc = "mixed, or seen too early")
    @State
    public static class ReadsTwin {

        private final Sink sink = new Sink();
        private final HeaderOwner owner = new HeaderOwner.SwapsFirst(NEW_FILE, sink);

        @Actor
        public void write() {
            owner.update(header -> Headers.after(header.walSequence() + 1, header));
        }

        @Actor
        public void read(II_Result result) {
            sink.judge(owner.current(), result);
        }
    }

    private static final class Sink implements HeaderSink {

        private volatile long published = 1;

        @Override
        public void publish(Header next) {
            byte[] slot = HeaderCodec.encode(next);
            published = HeaderCodec.decode(slot, next.slot(), "slot").generation();
        }

        void judge(Header seen, II_Result result) {
            result.r1 = seen.generation() <= published ? 1 : 0;
            result.r2 =
                    seen.generation() == NEW_FILE.generation() || Headers.isOfOnePublication(seen)
                            ? 1
                            : 0;
        }
    }
}
