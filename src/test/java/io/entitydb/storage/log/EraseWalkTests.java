package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.storage.error.CorruptDataException;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** What an erasure overwrites, in which order and how much at a time. */
class EraseWalkTests {

    private static final int MUCH = 1 << 30;

    private final WrittenLog log = new WrittenLog();
    private final List<Long> at = new ArrayList<>(List.of(0L));

    private void write(int versions) {
        for (int number = at.size(); number <= versions; number++) {
            at.add(log.add(WrittenLog.KEY, number, at.getLast()));
        }
    }

    private EraseWalk walk(long version, long time, int batchBytes) {
        Reader reader = log.reader();
        VersionRecord newest = reader.readVersion(at.getLast());
        return new EraseWalk(reader, newest, version, time, batchBytes);
    }

    private static List<Long> positions(EraseWalk.Batch batch) {
        return batch.targets().stream().map(EraseMark.Target::position).toList();
    }

    @Test
    void versionsAreOverwrittenFromTheNewestOne() {
        write(3);
        EraseWalk walk = walk(3, 3_000, MUCH);

        EraseWalk.Batch batch = walk.next();

        assertThat(batch).isNotNull();
        assertThat(positions(batch)).containsExactly(at.get(3), at.get(2), at.get(1));
        assertThat(batch.versions()).isEqualTo(3);
        assertThat(batch.isEnding()).isTrue();
        assertThat(walk.next()).isNull();
    }

    @Test
    void newerVersionsAreLeft() {
        write(3);

        EraseWalk.Batch batch = walk(2, 3_000, MUCH).next();

        assertThat(batch).isNotNull();
        assertThat(positions(batch)).containsExactly(at.get(2), at.get(1));
        assertThat(batch.isEnding()).isFalse();
    }

    @Test
    void laterVersionsAreLeft() {
        write(3);

        EraseWalk.Batch batch = walk(3, 1_999, MUCH).next();

        assertThat(batch).isNotNull();
        assertThat(positions(batch)).containsExactly(at.get(1));
        assertThat(walk(3, 999, MUCH).next()).isNull();
    }

    @Test
    void batchEndsWithTheVersionThatFillsIt() {
        write(3);
        int length = log.reader().readRecord(at.get(3)).bytes().length;

        EraseWalk.Batch exact = walk(3, 3_000, length).next();
        EraseWalk.Batch more = walk(3, 3_000, length + 1).next();

        assertThat(exact).isNotNull();
        assertThat(positions(exact)).containsExactly(at.get(3));
        assertThat(more).isNotNull();
        assertThat(positions(more)).containsExactly(at.get(3), at.get(2));
    }

    @Test
    void batchOfSmallVersionsEndsAtItsNumber() {
        write(1_030);
        EraseWalk walk = walk(1_030, Long.MAX_VALUE, MUCH);

        EraseWalk.Batch batch = walk.next();
        EraseWalk.Batch rest = walk.next();

        assertThat(batch).isNotNull();
        assertThat(batch.versions()).isEqualTo(1_024);
        assertThat(rest).isNotNull();
        assertThat(rest.versions()).isEqualTo(6);
        assertThat(rest.isEnding()).isFalse();
        assertThat(walk.next()).isNull();
    }

    @Test
    void chunksAreOverwrittenWithTheirVersion() {
        byte[] text = RecordScene.CONTENT;
        at.add(
                log.add(
                        RecordScene.draft(
                                1, 0, text, new DraftContent.Chunks(List.of(text, text)))));
        VersionRecord version = log.reader().readVersion(at.getLast());
        long[] chunks = version.chunkPositions(log.dictionary());

        EraseWalk.Batch batch = walk(1, 1_000, MUCH).next();

        assertThat(batch).isNotNull();
        assertThat(positions(batch)).containsExactly(chunks[0], chunks[1], at.get(1));
        assertThat(batch.versions()).isEqualTo(1);
    }

    @Test
    void chunksOfVersionsThatStayAreKept() {
        byte[] text = RecordScene.CONTENT;
        DraftContent content = new DraftContent.Chunks(List.of(text, text));
        at.add(log.add(RecordScene.draft(1, 0, text, content)));
        at.add(log.add(RecordScene.draft(2, at.getLast(), text, content)));
        Reader reader = log.reader();
        VersionRecord newest = reader.readVersion(at.getLast());
        EraseWalk walk = new EraseWalk(reader, newest, 1, 1_000, MUCH);

        while (walk.next() != null) {
            assertThat(walk.kept()).hasSize(2);
        }

        long[] kept = newest.chunkPositions(log.dictionary());
        assertThat(walk.kept()).containsExactlyInAnyOrder(kept[0], kept[1]);
    }

    @Test
    void chainThatLeadsToAnotherEntityIsRefused() {
        at.add(log.add(WrittenLog.OTHER, 1, 0));
        at.add(log.add(WrittenLog.KEY, 2, at.getLast()));

        assertThatThrownBy(() -> walk(2, 2_000, MUCH).next())
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("leads astray");
    }

    @Test
    void chainWhoseNumbersDoNotFallIsRefused() {
        at.add(log.add(WrittenLog.draft(WrittenLog.KEY, 2, LogForgery.START)));
        at.add(log.add(WrittenLog.KEY, 2, at.getLast()));

        assertThatThrownBy(() -> walk(2, 2_000, MUCH).next())
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("leads astray");
    }
}
