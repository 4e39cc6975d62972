package io.entitydb.storage.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Digest;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.index.CoveredTransaction;
import io.entitydb.storage.index.EntityIndex;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.HoledFile;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.log.FrameRead;
import io.entitydb.storage.log.FrameReader;
import io.entitydb.storage.log.SequencePositions;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;

/** Torn or damaged: what a log that breaks off proves. */
class TailJudgeTests {

    private final HandmadeStore store = new HandmadeStore();

    private TailJudge.Verdict judge(DiskFile file) {
        Header header = store.header();
        FrameReader frames = new FrameReader(file, header.identity());
        ReplayStart start =
                new ReplayStart(
                        new EntityIndex(),
                        StoreCreation.emptyChain(header.identity()),
                        0,
                        new CoveredTransaction(0, Digest.ZERO));
        Replay replay = new Replay(frames, store.reader(), header, start, new SequencePositions());
        FrameRead.Broken stop = replay.run(file.size(), at -> {});
        return new TailJudge(file, frames, header).judge(replay, stop, file.size());
    }

    private long end() {
        return store.border().position();
    }

    /** A frame somewhere behind the end, as it was written there. */
    private void writeFrameAt(long position, long number, long durable, long generation) {
        FrameChain end = store.border();
        store.appender()
                .begin(
                        new FrameChain(
                                position,
                                number - 1,
                                7,
                                end.sequence(),
                                end.commitTime(),
                                end.digest()),
                        durable,
                        generation);
        store.appender().appendDictionary();
        store.file().write(store.appender().bytes(), position);
        store.continueAt(end);
    }

    @Test
    void zerosBehindTheEndAreACleanTail() {
        assertThat(judge(store.file())).isEqualTo(new TailJudge.Verdict(null, true));
    }

    @Test
    void anythingElseIsATornTail() {
        store.file().write(ByteBuffer.wrap(new byte[] {1}), end() + 4_096);

        assertThat(judge(store.file())).isEqualTo(new TailJudge.Verdict(null, false));
    }

    @Test
    void placeThatTheDeviceCannotReadIsDamage() {
        DiskFile file = new HoledFile(store.file(), end(), end() + 8);

        assertThat(judge(file).damage())
                .startsWith("read entities.edb failed")
                .endsWith(", but the device cannot read it");
    }

    @Test
    void placeBehindThatTheDeviceCannotReadIsDamage() {
        DiskFile file = new HoledFile(store.file(), end() + 100_000, end() + 100_008);

        assertThat(judge(file).damage())
                .startsWith("no frame marker at")
                .endsWith(", but the device cannot read it");
    }

    @Test
    void placeThatTheDeviceCannotReadIsDamageWhateverFollows() {
        writeFrameAt(end() + 200_000, 9, 0, 1);
        DiskFile file = new HoledFile(store.file(), end() + 100_000, end() + 100_008);

        assertThat(judge(file).damage()).endsWith(", but the device cannot read it");
    }

    @Test
    void endBeforeThatOfTheHeaderIsDamage() {
        store.add(HandmadeStore.KEY, 1, 0);
        store.publish();
        store.flip(end() - 1);

        assertThat(judge(store.file()).damage())
                .isEqualTo(
                        "trailer differs of frame 3, but the header knows durable frames up to "
                                + end());
    }

    @Test
    void frameBehindThatKnowsOfADurableOneProvesDamage() {
        writeFrameAt(end() + 512, 9, 2, 1);

        TailJudge.Verdict verdict = judge(store.file());

        assertThat(verdict.damage()).endsWith(", but frame 2 was durable, a later frame says");
        assertThat(verdict.isBlank()).isFalse();
    }

    @Test
    void highestDurableFrameCountsOfAllThatAreTold() {
        writeFrameAt(end() + 512, 9, 1, 1);
        writeFrameAt(end() + 2_048, 12, 5, 1);
        writeFrameAt(end() + 4_096, 10, 1, 1);

        assertThat(judge(store.file()).damage())
                .endsWith("frame 2 was durable, a later frame says");
    }

    @Test
    void frameOfTheSameTailProvesNothing() {
        writeFrameAt(end() + 512, 9, 1, 2);
        writeFrameAt(end() + 2_048, 10, 1, 1);

        assertThat(judge(store.file())).isEqualTo(new TailJudge.Verdict(null, false));
    }

    @Test
    void frameThatNamesANewerHeaderProvesDamage() {
        writeFrameAt(end() + 512, 9, 0, 3);
        writeFrameAt(end() + 2_048, 10, 0, 2);

        assertThat(judge(store.file()).damage())
                .endsWith("frames name header generation 3, newest is 2");
    }
}
