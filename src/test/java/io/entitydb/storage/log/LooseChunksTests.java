package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.HoledFile;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Chunks that no version refers to, in a log in which all entities have one hash. */
class LooseChunksTests {

    private static final int MUCH = 1 << 30;

    private final WrittenLog log = new WrittenLog();
    private final byte[] piece = {1, 2, 3};

    private long chunk(EntityKey owner) {
        return log.appender().appendChunk(owner, ByteBuffer.wrap(piece));
    }

    private LooseChunks chunks(DiskFile file, Set<Long> kept, int batchBytes) {
        ChunkSearch search = new ChunkSearch(log.reader(file), key -> 1);
        return new LooseChunks(search, WrittenLog.KEY, kept, batchBytes);
    }

    private LooseChunks chunks(Set<Long> kept, int batchBytes) {
        return chunks(log.file(log.bytes()), kept, batchBytes);
    }

    private static List<Long> positions(EraseWalk.@Nullable Batch batch) {
        return batch == null
                ? List.of()
                : batch.targets().stream().map(EraseMark.Target::position).toList();
    }

    @Test
    void chunksOfTheEntityAreTakenAndThoseOfOthersLeft() {
        long first = chunk(WrittenLog.KEY);
        chunk(WrittenLog.OTHER);
        log.add(WrittenLog.KEY, 1, 0);
        long second = chunk(WrittenLog.KEY);

        LooseChunks loose = chunks(Set.of(), MUCH);
        EraseWalk.Batch batch = loose.next(log.end());

        assertThat(positions(batch)).containsExactly(first, second);
        assertThat(batch).isNotNull();
        assertThat(batch.versions()).isZero();
        assertThat(batch.isEnding()).isFalse();
        assertThat(loose.next(log.end())).isNull();
    }

    @Test
    void chunksThatAreKeptAreLeft() {
        long first = chunk(WrittenLog.KEY);
        long second = chunk(WrittenLog.KEY);

        assertThat(positions(chunks(Set.of(first), MUCH).next(log.end()))).containsExactly(second);
        assertThat(chunks(Set.of(first, second), MUCH).next(log.end())).isNull();
    }

    @Test
    void chunksBehindTheBorderFollowLater() {
        long first = chunk(WrittenLog.KEY);
        long border = log.end();
        long second = chunk(WrittenLog.KEY);
        LooseChunks loose = chunks(Set.of(), MUCH);

        assertThat(positions(loose.next(border))).containsExactly(first);
        assertThat(loose.next(border)).isNull();
        assertThat(positions(loose.next(log.end()))).containsExactly(second);
    }

    @Test
    void batchEndsWithTheChunkThatFillsIt() {
        long first = chunk(WrittenLog.KEY);
        long second = chunk(WrittenLog.KEY);
        long third = chunk(WrittenLog.KEY);
        int length = log.reader().readRecord(first).bytes().length;
        LooseChunks loose = chunks(Set.of(), length + 1);

        assertThat(positions(loose.next(log.end()))).containsExactly(first, second);
        assertThat(positions(loose.next(log.end()))).containsExactly(third);
        assertThat(positions(chunks(Set.of(), length).next(log.end()))).containsExactly(first);
    }

    @Test
    void batchOfSmallChunksEndsAtItsNumber() {
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < 1_030; i++) {
            all.add(chunk(WrittenLog.KEY));
        }
        LooseChunks loose = chunks(Set.of(), MUCH);

        assertThat(positions(loose.next(log.end()))).isEqualTo(all.subList(0, 1_024));
        assertThat(positions(loose.next(log.end()))).isEqualTo(all.subList(1_024, 1_030));
        assertThat(loose.next(log.end())).isNull();
    }

    @Test
    void searchGoesOnBehindFramesThatAreDamaged() {
        long first = chunk(WrittenLog.KEY);
        long second = chunk(WrittenLog.KEY);
        long third = chunk(WrittenLog.KEY);
        long fourth = chunk(WrittenLog.KEY);
        long fifth = chunk(WrittenLog.KEY);
        long last = chunk(WrittenLog.KEY);
        byte[] bytes = log.bytes();
        for (long damaged : new long[] {second, fourth, last}) {
            bytes[log.index(damaged) - FrameLayout.HEADER_BYTES] ^= 1;
        }
        LooseChunks loose = chunks(log.file(bytes), Set.of(), MUCH);

        assertThat(positions(loose.next(log.end()))).containsExactly(first, third, fifth);
        assertThat(loose.next(log.end())).isNull();
    }

    @Test
    void chunkWhoseNamesCannotBeReadIsPassedOver() {
        long first = chunk(WrittenLog.KEY);
        long second = chunk(WrittenLog.KEY);
        long third = chunk(WrittenLog.KEY);
        DiskFile file = new HoledFile(log.file(log.bytes()), second + 48, second + 49);

        assertThat(positions(chunks(file, Set.of(), MUCH).next(log.end())))
                .containsExactly(first, third);
    }
}
