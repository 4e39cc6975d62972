package io.entitydb.storage.index;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A reader beside a writer that makes the table grow; the twin has to lose. */
public final class EntityIndexStress {

    private EntityIndexStress() {}

    private static void fill(ConcurrentIndex index, int entries) {
        for (int i = 1; i <= entries; i++) {
            index.insert(i, RecordLog.START + 8L * i);
        }
    }

    private static int find(ConcurrentIndex index, int entry) {
        long position = RecordLog.START + 8L * entry;
        return index.find(entry, found -> found == position) == position ? 1 : 0;
    }

    /** What was there before is found all the time. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "found")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost while the table grew")
    @State
    public static class Growth {

        private static final int FULL = 12;

        private final ConcurrentIndex index = ConcurrentIndex.real();

        public Growth() {
            fill(index, FULL);
        }

        @Actor
        public void write() {
            index.insert(FULL + 1, RecordLog.START + 8L * (FULL + 1));
        }

        @Actor
        public void read(I_Result result) {
            result.r1 = find(index, FULL);
        }
    }

    /** Its broken twin. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "found")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost while the table grew")
    @State
    public static class GrowthTwin {

        private static final int FULL = 8;

        private final ConcurrentIndex index =
                new FlawedIndex(FlawedIndex.Flaw.PUBLISHES_BEFORE_COPYING);

        public GrowthTwin() {
            fill(index, FULL);
        }

        @Actor
        public void write() {
            index.insert(FULL + 1, RecordLog.START + 8L * (FULL + 1));
        }

        @Actor
        public void read(I_Result result) {
            result.r1 = find(index, FULL);
        }
    }
}
