package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Content;
import io.entitydb.entity.Entity;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What an erasure leaves of a record: its place in history and its names, and nothing else. */
class ErasedFormTests {

    private final WrittenLog log = new WrittenLog();
    private final Checksum checksum = new Checksum(LogForgery.IDENTITY);
    private final long second =
            log.add(
                    WrittenLog.draft(WrittenLog.KEY, 2, log.add(WrittenLog.KEY, 1, 0)).toBuilder()
                            .salt("0123456789abcdef".getBytes(StandardCharsets.UTF_8))
                            .build());

    private byte[] erased(RawRecord record) {
        byte[] erased = ErasedForm.of(record, checksum);
        assertThat(erased).hasSameSizeAs(record.bytes());
        assertThat(checksum.ofRecord(record.position(), erased, 0, erased.length))
                .isEqualTo(record.with(erased).crc());
        return erased;
    }

    @Test
    void versionKeepsItsPlaceAndItsNames() {
        RawRecord record = log.reader().readRecord(second);
        byte[] bytes = record.bytes();

        byte[] erased = erased(record);

        VersionRecord version = record.with(erased).toVersion();
        assertThat(version.isErased()).isTrue();
        assertThat(version.livingDelta()).isZero();
        assertThat(version.digest()).isEqualTo(record.digest());
        assertThat(version.key(log.dictionary())).isEqualTo(WrittenLog.KEY);
        Entity entity = version.toEntity(log.reader());
        assertThat(entity.version().principal()).isEqualTo("tester");
        assertThat(entity.content()).isEqualTo(Content.EMPTY);
        assertThat(entity.tags()).isEmpty();
        assertThat(Arrays.copyOfRange(erased, RecordLayout.VERSION, RecordLayout.SALT))
                .isEqualTo(Arrays.copyOfRange(bytes, RecordLayout.VERSION, RecordLayout.SALT));
        assertThat(erased[RecordLayout.CONTENT_FORM]).isEqualTo(ContentForm.EMPTY);
    }

    @Test
    void nothingOfTheFactsIsLeft() {
        byte[] erased = erased(log.reader().readRecord(second));

        assertThat(Arrays.copyOfRange(erased, RecordLayout.SALT, RecordLayout.BODY))
                .containsOnly(0);
        // A number for the dataset, then id and principal, each behind its length.
        int names = RecordLayout.BODY + 1 + 2 + 7;
        assertThat(Arrays.copyOfRange(erased, names, erased.length)).containsOnly(0);
        assertThat(new String(erased, StandardCharsets.ISO_8859_1))
                .contains("tester")
                .doesNotContain("maker", "note", "text 2");
    }

    @Test
    void pieceOfAContentKeepsItsNames() {
        byte[] piece = "a piece of content".getBytes(StandardCharsets.UTF_8);
        long chunk = log.appender().appendChunk(WrittenLog.KEY, ByteBuffer.wrap(piece));
        RawRecord record = log.reader().readRecord(chunk);

        byte[] erased = erased(record);

        assertThat(ChunkCodec.ownerOf(record.with(erased), log.dictionary()))
                .isEqualTo(WrittenLog.KEY);
        assertThat(ChunkCodec.decode(record.with(erased), WrittenLog.KEY, log.dictionary()))
                .satisfies(found -> assertThat(found.isErased()).isTrue());
        int names = RecordLayout.PREFIX_BYTES + Integer.BYTES + 1 + 2;
        assertThat(Arrays.copyOfRange(erased, names, erased.length)).containsOnly(0);
    }

    @Test
    void erasedFormOfAnErasedRecordIsItself() {
        RawRecord record = log.reader().readRecord(second);
        byte[] erased = erased(record);

        assertThat(erased(record.with(erased))).isEqualTo(erased);
    }

    @Test
    void versionThatIsCopiedElsewhereIsErasedAlike() {
        VersionRecord version = log.reader().readVersion(second);

        byte[] copied = ErasedForm.of(version).raw().bytes();

        byte[] erased = erased(version.raw());
        assertThat(Arrays.copyOfRange(copied, RecordLayout.DIGEST, copied.length))
                .isEqualTo(Arrays.copyOfRange(erased, RecordLayout.DIGEST, erased.length));
        assertThat(ErasedForm.of(version).position()).isEqualTo(second);
        assertThat(ErasedForm.of(version).raw().corrupt("reason").file()).isEqualTo("entities.edb");
    }
}
