package io.entitydb.storage.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.ForwardingFile;
import io.entitydb.storage.io.SimulatedDisk;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** What is written again before anything is written behind a tail. */
class TailSettlerTests {

    private static final String NAME = "log";
    private static final int MIB = 1 << 20;
    private static final int SIZE = 4 * MIB;

    private final SimulatedDisk disk = new SimulatedDisk(1);
    private final DiskFile plain = disk.open(NAME, Disk.Access.CREATE);
    private final byte[] before = new byte[SIZE];
    private final List<String> calls = new ArrayList<>();
    private final DiskFile file =
            new ForwardingFile(plain) {
                @Override
                public void write(ByteBuffer source, long position) {
                    calls.add(position + "+" + source.remaining());
                    super.write(source, position);
                }

                @Override
                public void force() {
                    calls.add("force");
                    super.force();
                }
            };

    TailSettlerTests() {
        new SplittableRandom(1).nextBytes(before);
        plain.write(ByteBuffer.wrap(before), 0);
        plain.map(SIZE);
    }

    private void requireKeptUpTo(int end) {
        byte[] after = disk.contents(NAME);
        assertThat(Arrays.mismatch(before, 0, end, after, 0, end)).isEqualTo(-1);
        assertThat(Arrays.mismatch(new byte[SIZE - end], 0, SIZE - end, after, end, SIZE))
                .isEqualTo(-1);
    }

    @Test
    void framesWithoutProofAreWrittenAgainAndTheRestIsCleared() {
        new TailSettler(file).settle(1_000, 2_000, 10_000);

        assertThat(calls).containsExactly("1000+1000", "2000+8000", "force");
        byte[] after = disk.contents(NAME);
        assertThat(Arrays.mismatch(before, 0, 2_000, after, 0, 2_000)).isEqualTo(-1);
        assertThat(Arrays.copyOfRange(after, 2_000, 10_000)).containsOnly(0);
        assertThat(Arrays.mismatch(before, 10_000, SIZE, after, 10_000, SIZE)).isEqualTo(-1);
    }

    @Test
    void longTailIsWrittenInPieces() {
        new TailSettler(file).settle(8, 2L * MIB + 100, SIZE);

        assertThat(calls)
                .startsWith("8+" + MIB, (MIB + 8) + "+" + MIB, (2 * MIB + 8) + "+92")
                .endsWith("force");
        requireKeptUpTo(2 * MIB + 100);
    }

    @Test
    void provenTailIsNotWrittenAgain() {
        new TailSettler(file).settle(2_000, 2_000, SIZE);

        assertThat(calls.getFirst()).isEqualTo("2000+" + MIB);
        requireKeptUpTo(2_000);
    }
}
