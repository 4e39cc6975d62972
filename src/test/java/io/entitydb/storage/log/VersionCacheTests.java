package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Content;
import io.entitydb.entity.Entity;
import io.entitydb.storage.io.BytesFile;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.LongStream;

/** Versions that are read often are read from the file once, and never after an erasure. */
class VersionCacheTests {

    private final RecordScene scene = new RecordScene();
    private final BytesFile file = new BytesFile(LogForgery.START, scene.bytes(0));
    private final EraseTable erasing = new EraseTable();
    private final Reader reader =
            new Reader(
                    file,
                    new Checksum(LogForgery.IDENTITY),
                    scene.dictionary(),
                    file.size(),
                    erasing);

    private VersionRecord read() {
        return reader.readVersion(scene.inlinePosition());
    }

    @Test
    void keepsNothingUnlessAsked() {
        assertThat(read()).isNotSameAs(read()).isNotSameAs(read());
        reader.keep(0);
        assertThat(read()).isNotSameAs(read()).isNotSameAs(read());
    }

    @Test
    void keepsAVersionFromTheSecondReadOn() {
        reader.keep(16);
        VersionRecord first = read();
        VersionRecord second = read();

        assertThat(second).isNotSameAs(first);
        assertThat(read()).isSameAs(second).isSameAs(read());
        assertThat(read().toEntity(reader)).isSameAs(read().toEntity(reader));
        assertThat(read().toEntity(reader)).isEqualTo(first.toEntity(reader));
        assertThat(read().toEntity(reader).content().bytes())
                .isEqualTo(first.toEntity(reader).content().bytes());
    }

    @Test
    void keepsNoLongRecord() {
        WrittenLog log = new WrittenLog();
        byte[] content = new byte[VersionCache.MAX_BYTES];
        Content whole = Content.of("text/plain", content);
        long position =
                log.add(
                        WrittenLog.draft(WrittenLog.KEY, 1, 0).toBuilder()
                                .contentLength(whole.length())
                                .contentDigest(whole.digest())
                                .content(new DraftContent.Inline(content))
                                .build());
        Reader other = log.reader();
        other.keep(16);

        assertThat(other.readVersion(position))
                .isNotSameAs(other.readVersion(position))
                .isNotSameAs(other.readVersion(position));
    }

    @Test
    void whatAnotherReaderAsksForReadsItsContentThere() {
        Reader other = new Reader(file, LogForgery.IDENTITY, scene.dictionary(), file.size());
        VersionRecord version = read();

        Entity here = version.toEntity(reader);
        Entity there = version.toEntity(other);

        assertThat(there).isEqualTo(here).isNotSameAs(here);
        assertThat(there.content().source()).isEqualTo(new StoredContent(version, other));
    }

    @Test
    void twoThatShareAPairAreBothKept() {
        VersionCache cache = new VersionCache(2, erasing);
        VersionRecord one = reader.readVersion(scene.inlinePosition());
        VersionRecord other = reader.readVersion(scene.chunkedPosition());
        cache.offer(one, 0);
        cache.offer(one, 0);
        cache.offer(other, 0);
        cache.offer(other, 0);

        assertThat(cache.find(one.position())).isSameAs(one);
        assertThat(cache.find(other.position())).isSameAs(other);
    }

    @Test
    void whatShareAPlaceTakeTurns() {
        VersionCache cache = new VersionCache(1, erasing);
        List<Long> sharing = List.of(scene.inlinePosition(), scene.chunkedPosition());
        for (int round = 0; round < 4; round++) {
            for (long position : sharing) {
                VersionRecord version = reader.readVersion(position);
                cache.offer(version, 0);
                cache.offer(version, 0);
                assertThat(cache.find(position)).isSameAs(version);
            }
        }
        assertThat(cache.find(8)).isNull();
    }

    @Test
    void forgetsWhatWasReadBeforeAStepOfAnErasure() {
        reader.keep(16);
        read();
        read();
        VersionRecord kept = read();

        erasing.hide(RecordScene.KEY, kept.number(), kept.commitTime());
        assertThat(read().isErased()).isTrue();
        read();
        read();
        assertThat(read().isErased()).isTrue();

        erasing.done(RecordScene.KEY);
        assertThat(read()).isNotSameAs(kept);
    }

    @Test
    void keepsNothingThatWasReadAcrossAStep() {
        VersionCache cache = new VersionCache(16, erasing);
        VersionRecord version = read();
        long before = erasing.steps();
        cache.offer(version, before);
        erasing.hide(RecordScene.KEY, 1, 1);
        cache.offer(version, before);

        assertThat(cache.find(version.position())).isNull();
        cache.offer(version, erasing.steps());
        assertThat(cache.find(version.position())).isSameAs(version);
    }

    /** The memory of two, and four places: what comes has its place, whoever makes room for it. */
    @Test
    void largeVersionsTakeNoMoreMemoryThanAsManyUsualOnes() {
        VersionCache cache = new VersionCache(3, erasing);
        byte[] content = new byte[3000];
        byte[] record =
                scene.record(
                        RecordScene.draft(1, 0, content, new DraftContent.Inline(content)),
                        1,
                        List.of());
        List<Long> positions =
                LongStream.range(0, 50).mapToObj(i -> LogForgery.START + i * 8192).toList();
        for (long position : positions) {
            VersionRecord version = new VersionRecord(new RawRecord("file", position, record));
            cache.offer(version, 0);
            cache.offer(version, 0);

            assertThat(cache.find(position)).isSameAs(version);
            assertThat(cache.bytes()).isBetween(3000L, 3L * VersionCache.VERSION_BYTES);
        }
        long kept = positions.stream().filter(position -> cache.find(position) != null).count();
        assertThat(kept).isEqualTo(1);
    }
}
