package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.ChangeKind;
import io.entitydb.entity.Digest;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Tag;
import io.entitydb.storage.io.BytesFile;
import io.entitydb.temporal.Timestamp;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What is written is read again, and nothing of what lay in the buffer before shows through. */
class RecordEncoderTests {

    private static final long BASE = 1 << 20;
    private static final int ROOM = 1 << 17;

    private final TagDictionary dictionary = new TagDictionary();
    private final Checksum checksum = new Checksum(LogForgery.IDENTITY);
    private final RecordEncoder encoder = new RecordEncoder(dictionary, checksum);
    private final ByteBuffer buffer = ByteBuffer.allocate(ROOM).order(ByteOrder.LITTLE_ENDIAN);

    RecordEncoderTests() {
        Arrays.fill(buffer.array(), (byte) 0xa5);
        buffer.position(16);
    }

    private static VersionDraft draft() {
        return WrittenLog.draft(WrittenLog.KEY, 1, 0);
    }

    private RawRecord written() {
        byte[] bytes = Arrays.copyOfRange(buffer.array(), 16, buffer.position());
        RawRecord record = new RawRecord("file", BASE + 16, bytes);
        assertThat(bytes.length % FrameLayout.ALIGNMENT).isZero();
        assertThat(buffer.getInt(16 + RecordLayout.LENGTH)).isEqualTo(bytes.length);
        assertThat(record.crc())
                .isEqualTo(checksum.copy().ofRecord(BASE + 16, bytes, 0, bytes.length));
        return record;
    }

    private VersionRecord version(VersionDraft draft) {
        encoder.putVersion(buffer, BASE, draft, new Commitment(7, 7_000), List.of());
        return written().toVersion();
    }

    private Entity entity(VersionDraft draft) {
        VersionRecord version = version(draft);
        byte[] file = new byte[0];
        Reader reader =
                new Reader(new BytesFile(BASE, file), LogForgery.IDENTITY, dictionary, BASE);
        return version.toEntity(reader);
    }

    @Test
    void reservedBytesAreZeros() {
        byte[] bytes = version(draft()).raw().bytes();

        assertThat(Arrays.copyOfRange(bytes, RecordLayout.RESERVED, RecordLayout.PREFIX_BYTES))
                .containsOnly(0);
        assertThat(bytes[RecordLayout.LIVING_DELTA]).isZero();
    }

    @Test
    void systemRecordsHaveNoDigest() {
        encoder.putDictionary(buffer, BASE);

        assertThat(
                        Arrays.copyOfRange(
                                written().bytes(),
                                RecordLayout.DIGEST,
                                RecordLayout.DIGEST + RecordLayout.DIGEST_BYTES))
                .containsOnly(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void paddingIsZeros(int length) {
        encoder.putChunk(buffer, BASE, WrittenLog.KEY, ByteBuffer.wrap(new byte[length]));

        byte[] bytes = written().bytes();
        ChunkCodec.Piece piece = ChunkCodec.decode(written(), WrittenLog.KEY, dictionary);
        assertThat(piece.length()).isEqualTo(length);
        for (int i = piece.from(); i < bytes.length; i++) {
            assertThat(bytes[i]).isZero();
        }
        assertThat(bytes.length - piece.from() - length).isBetween(0, 7);
    }

    @Test
    void wordsOfADraftAreLearned() {
        encoder.learnWords(draft());

        assertThat(dictionary.size()).isEqualTo(3);
        assertThat(dictionary.numberOf("default")).isNotZero();
        assertThat(dictionary.numberOf("text/plain")).isNotZero();
        assertThat(dictionary.numberOf("type")).isNotZero();
    }

    @Test
    void wordsAreWrittenOutUntilTheyHaveANumber() {
        VersionRecord literal = version(draft());
        assertThat(literal.key(new TagDictionary())).isEqualTo(WrittenLog.KEY);
        int before = literal.raw().bytes().length;

        encoder.learnWords(draft());
        buffer.position(16);
        VersionRecord numbered = version(draft());

        assertThat(numbered.key(dictionary)).isEqualTo(WrittenLog.KEY);
        assertThat(numbered.raw().bytes().length).isLessThan(before);
    }

    @Test
    void allFactsAreReadAgain() {
        VersionDraft draft =
                draft().toBuilder()
                        .kind(ChangeKind.RESTORE)
                        .number(9)
                        .previousPosition(8_200)
                        .jumpPosition(8_192)
                        .createdAt(5_000)
                        .tags(
                                List.of(
                                        DraftTag.of(new Tag("type", "note"), 6_000),
                                        DraftTag.of(new Tag("type", "x".repeat(200)), 0)))
                        .digest(Digest.sha256(new byte[] {1}))
                        .build();

        VersionRecord version = version(draft);
        buffer.position(16);
        Entity entity = entity(draft);

        assertThat(version.number()).isEqualTo(9);
        assertThat(version.sequence()).isEqualTo(7);
        assertThat(version.commitTime()).isEqualTo(7_000);
        assertThat(version.previousPosition()).isEqualTo(8_200);
        assertThat(version.jumpPosition()).isEqualTo(8_192);
        assertThat(version.createdAt()).isEqualTo(5_000);
        assertThat(version.digest()).isEqualTo(draft.digest());
        assertThat(entity.version().principal()).isEqualTo("tester");
        assertThat(entity.createdBy()).isEqualTo("maker");
        assertThat(entity.content().mediaType()).isEqualTo("text/plain");
        assertThat(entity.tags())
                .containsOnly(
                        Map.entry(new Tag("type", "note"), new Timestamp(6_000)),
                        Map.entry(new Tag("type", "x".repeat(200)), new Timestamp(7_000)));
    }

    @Test
    void whoMadeTheEntityIsWrittenOnlyIfItIsAnother() {
        String name = "x".repeat(40);
        VersionDraft draft = draft().toBuilder().principal(name).build();
        int other = version(draft).raw().bytes().length;
        buffer.position(16);

        Entity own = entity(draft.toBuilder().createdBy(name).build());

        assertThat(own.createdBy()).isEqualTo(name);
        assertThat(buffer.position() - 16).isLessThanOrEqualTo(other);
        buffer.position(16);
        assertThat(entity(draft.toBuilder().createdBy(name + "y").build()).createdBy())
                .isEqualTo(name + "y");
        assertThat(buffer.position() - 16).isGreaterThan(other);
    }

    @Test
    void lossTellsWhatWasGivenUp() {
        LossRecord loss = new LossRecord(3, 5_000, "somebody");

        encoder.putLoss(buffer, BASE, loss);

        FrameHeader header =
                new FrameHeader(FrameType.LOSS, 256, 1, 1, 0, 0, 1, 4, 9, Digest.ZERO, 0);
        assertThat(LossRecord.of(new Frame(header, List.of(written()), 0))).isEqualTo(loss);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0})
    void eraseMarkTellsWhatIsDestroyed(int delta) {
        EraseMark mark =
                new EraseMark(
                        5,
                        new EntityKey("default", "a"),
                        3,
                        4_000,
                        "somebody",
                        delta,
                        List.of(
                                new EraseMark.Target(8_192, 96, 77),
                                new EraseMark.Target(9_000, 104, -78)));

        encoder.putEraseMark(buffer, BASE, mark);

        FrameHeader header =
                new FrameHeader(FrameType.ERASE_MARK, 256, 1, 1, 0, 0, 1, 0, 0, Digest.ZERO, 0);
        assertThat(EraseMark.of(new Frame(header, List.of(written()), 0))).isEqualTo(mark);
        assertThat((long) buffer.position() - 16 + FrameLayout.HEADER_BYTES)
                .isLessThan(mark.maxBytes());
    }
}
