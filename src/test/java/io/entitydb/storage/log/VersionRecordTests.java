package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.entity.ChangeKind;
import io.entitydb.entity.EntityKey;
import io.entitydb.storage.error.CorruptDataException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** What a record must tell to be a version, and what a version tells of itself. */
class VersionRecordTests {

    private final WrittenLog log = new WrittenLog();
    private final long first = log.add(WrittenLog.KEY, 1, 0);
    private final long second = log.add(WrittenLog.KEY, 2, first);

    private VersionRecord version(long position) {
        return log.reader().readVersion(position);
    }

    /** The second version, changed; as it would be read if its checksum held. */
    private RawRecord changed(int offset, long value) {
        return changed(second, offset, value);
    }

    private RawRecord changed(long position, int offset, long value) {
        RawRecord raw = version(position).raw();
        byte[] bytes = raw.bytes().clone();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(offset, value);
        return raw.with(bytes);
    }

    private RawRecord withByte(long position, int offset, int value) {
        RawRecord raw = version(position).raw();
        byte[] bytes = raw.bytes().clone();
        bytes[offset] = (byte) value;
        return raw.with(bytes);
    }

    private static void requireNone(RawRecord raw) {
        assertThat(raw.asVersion()).isNull();
        assertThatThrownBy(raw::toVersion)
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("breaks the rules of its fields");
    }

    @Test
    void numbersAndTimesBeginSomewhere() {
        assertThat(changed(RecordLayout.SEQUENCE, 1).toVersion().sequence()).isEqualTo(1);
        assertThat(changed(RecordLayout.COMMIT_TIME, 0).toVersion().commitTime()).isZero();
        assertThat(changed(RecordLayout.CONTENT_LENGTH, 0).toVersion().contentLength()).isZero();
        requireNone(changed(RecordLayout.VERSION, 0));
        requireNone(changed(RecordLayout.SEQUENCE, 0));
        requireNone(changed(RecordLayout.COMMIT_TIME, -1));
        requireNone(changed(RecordLayout.CONTENT_LENGTH, -1));
    }

    @Test
    void versionBeforeStandsBefore() {
        assertThat(changed(RecordLayout.PREVIOUS_POSITION, second - 8).toVersion()).isNotNull();
        assertThat(changed(RecordLayout.PREVIOUS_POSITION, second).asVersion()).isNull();
        assertThat(changed(RecordLayout.PREVIOUS_POSITION, -8).asVersion()).isNull();
    }

    @Test
    void onlyTheFirstVersionHasNoneBeforeItForCertain() {
        assertThat(changed(first, RecordLayout.VERSION, 1).toVersion().number()).isEqualTo(1);
        assertThat(changed(RecordLayout.VERSION, 2).toVersion().number()).isEqualTo(2);
        requireNone(changed(RecordLayout.VERSION, 1));
    }

    @Test
    void jumpLeadsNoLessFarThanTheVersionBefore() {
        assertThat(changed(RecordLayout.JUMP_POSITION, first).toVersion().jumpPosition())
                .isEqualTo(first);
        assertThat(changed(RecordLayout.JUMP_POSITION, 0).toVersion().jumpPosition()).isZero();
        requireNone(changed(RecordLayout.JUMP_POSITION, first + 8));
        requireNone(changed(RecordLayout.JUMP_POSITION, -1));
    }

    @ParameterizedTest
    @CsvSource({"1, -1", "2, 0", "3, 1"})
    void codeTellsWhatTheVersionAddedToTheLiving(int code, int delta) {
        assertThat(withByte(second, RecordLayout.LIVING_DELTA, code).toVersion().livingDelta())
                .isEqualTo(delta);
    }

    @ParameterizedTest
    @CsvSource({"-1", "4"})
    void otherCodesAreNone(int code) {
        requireNone(withByte(second, RecordLayout.LIVING_DELTA, code));
    }

    @ParameterizedTest
    @CsvSource({"PUT, true, 0", "DELETE, false, -1", "RESTORE, true, 1", "ERASED, false, 0"})
    void kindTellsWhetherTheEntityLivesAndWhatThatChanged(
            ChangeKind kind, boolean isLiving, int delta) {
        VersionRecord changed =
                withByte(second, RecordLayout.KIND, RecordKind.of(kind)).toVersion();

        assertThat(changed.kind()).isEqualTo(kind);
        assertThat(changed.isLiving()).isEqualTo(isLiving);
        assertThat(changed.livingDelta()).isEqualTo(delta);
    }

    @Test
    void putThatBeginsALifeAddsALivingEntity() {
        assertThat(version(first).createdAt()).isEqualTo(1_000);
        assertThat(version(first).livingDelta()).isEqualTo(1);
        assertThat(version(second).createdAt()).isEqualTo(1_000);
        assertThat(version(second).livingDelta()).isZero();
    }

    @Test
    void recordThatIsTooShortForAVersionIsNone() {
        RawRecord raw = version(first).raw();
        byte[] shorter = Arrays.copyOf(raw.bytes(), RecordLayout.BODY - 1);
        byte[] least = Arrays.copyOf(raw.bytes(), RecordLayout.BODY);

        assertThat(raw.with(shorter).asVersion()).isNull();
        assertThat(raw.with(least).asVersion()).isNotNull();
    }

    @Test
    void versionEndsBehindItsBytes() {
        VersionRecord version = version(first);

        assertThat(version.end()).isEqualTo(first + version.raw().bytes().length);
    }

    @Test
    void versionsOfOneEntityHaveItsDatasetAndItsId() {
        long otherId = log.add(WrittenLog.OTHER, 1, 0);
        long otherDataset = log.add(new EntityKey("elsewhere", "a"), 1, 0);
        TagDictionary words = log.dictionary();

        assertThat(version(first).isOfEntityOf(version(second), words)).isTrue();
        assertThat(version(first).isOfEntityOf(version(otherId), words)).isFalse();
        assertThat(version(first).isOfEntityOf(version(otherDataset), words)).isFalse();
        assertThat(version(first).isOf(WrittenLog.KEY, words)).isTrue();
        assertThat(version(otherId).isOf(WrittenLog.KEY, words)).isFalse();
        assertThat(version(otherDataset).isOf(WrittenLog.KEY, words)).isFalse();
    }

    @Test
    void contentsAreTheSameIfLengthAndDigestAre() {
        VersionRecord version = version(second);
        long length = version.contentLength();

        assertThat(version.hasContentOf(changed(RecordLayout.SEQUENCE, 7).toVersion())).isTrue();
        assertThat(version.hasContentOf(version(first))).isFalse();
        assertThat(
                        version.hasContentOf(
                                changed(RecordLayout.CONTENT_LENGTH, length + 1).toVersion()))
                .isFalse();
    }

    @Test
    void contentOfAnEarlierVersionStandsThere() {
        long third =
                log.add(
                        WrittenLog.draft(WrittenLog.KEY, 3, second).toBuilder()
                                .content(new DraftContent.Earlier(first))
                                .build());

        assertThat(version(third).isContentEarlier()).isTrue();
        assertThat(version(third).contentPosition(log.dictionary())).isEqualTo(first);
        assertThat(version(second).isContentEarlier()).isFalse();
        assertThat(version(second).contentPosition(log.dictionary())).isEqualTo(second);
    }

    @ParameterizedTest
    @CsvSource({"-8, false", "0, true", "8, true"})
    void earlierContentStandsWithinTheLog(long more, boolean isPossible) {
        long third = log.end() + FrameLayout.HEADER_BYTES;
        requireContentAt(LogForgery.START + more, isPossible);

        assertThat(version(third).number()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"-8, true", "0, false", "8, false"})
    void earlierContentStandsBefore(long more, boolean isPossible) {
        requireContentAt(log.end() + FrameLayout.HEADER_BYTES + more, isPossible);
    }

    private void requireContentAt(long position, boolean isPossible) {
        long third =
                log.add(
                        WrittenLog.draft(WrittenLog.KEY, 3, second).toBuilder()
                                .content(new DraftContent.Earlier(position))
                                .build());

        if (isPossible) {
            assertThat(version(third).contentPosition(log.dictionary())).isEqualTo(position);
        } else {
            assertThatThrownBy(() -> version(third).contentPosition(log.dictionary()))
                    .isInstanceOf(CorruptDataException.class)
                    .hasMessageContaining("content refers to " + position);
        }
    }

    @Test
    void chunksAreToldInOrderAndOnlyOfAContentInChunks() {
        byte[] piece = {1, 2, 3};
        long third =
                log.add(
                        RecordScene.draft(
                                3, second, piece, new DraftContent.Chunks(List.of(piece, piece))));
        long[] positions = version(third).chunkPositions(log.dictionary());

        assertThat(positions).hasSize(2);
        assertThat(positions[0]).isGreaterThan(second).isLessThan(positions[1]);
        assertThat(positions[1]).isLessThan(third);
        assertThat(version(third).isChunked()).isTrue();
        assertThat(version(second).chunkPositions(log.dictionary())).isEmpty();
        assertThat(version(second).isChunked()).isFalse();
    }

    @Test
    void numberOfChunksIsBelievedOnlyIfTheirPositionsHaveRoom() {
        byte[] piece = {1, 2, 3};
        long third =
                log.add(
                        RecordScene.draft(
                                3, second, piece, new DraftContent.Chunks(List.of(piece))));
        VersionRecord version = version(third);
        int at = version.contentIndex(log.dictionary());
        VersionRecord forged = withByte(third, at, 0x7f).toVersion();

        assertThatThrownBy(() -> forged.chunkPositions(log.dictionary()))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("content of 127 chunks");
    }
}
