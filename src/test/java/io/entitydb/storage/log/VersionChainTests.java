package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.DamagedPlace;
import io.entitydb.storage.io.ForwardingFile;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Walks over the 20 versions of an entity; version n is of transaction n, at n × 1,000 ns. */
class VersionChainTests {

    private static final int VERSIONS = 20;

    private final WrittenLog log = new WrittenLog();
    private final long[] at = new long[VERSIONS + 2];
    private final List<DamagedPlace> told = new ArrayList<>();
    private final List<Long> read = new ArrayList<>();
    private byte[] bytes = {};

    @BeforeEach
    void versions() {
        for (int number = 1; number <= VERSIONS; number++) {
            long jump = at[(int) JumpPointers.targetOf(number)];
            at[number] =
                    log.add(
                            WrittenLog.draft(WrittenLog.KEY, number, at[number - 1]).toBuilder()
                                    .jumpPosition(jump)
                                    .build());
        }
        bytes = log.bytes();
    }

    private Reader reader() {
        Reader reader =
                log.reader(
                        new ForwardingFile(log.file(bytes)) {
                            @Override
                            public void read(long position, byte[] target, int offset, int length) {
                                read.add(position);
                                super.read(position, target, offset, length);
                            }
                        });
        reader.onDamage(told::add);
        return reader;
    }

    private void damage(int number) {
        bytes[log.index(at[number]) + RecordLayout.BODY] ^= 1;
    }

    /** Damages a version and the frame that tells its place in time. */
    private void lose(int number) {
        damage(number);
        bytes[log.index(at[number]) - FrameLayout.HEADER_BYTES + FrameLayout.LENGTH] ^= 1;
    }

    private @Nullable VersionRecord newest(long upToSequence) {
        Reader reader = reader();
        VersionRecord newest = reader.readVersion(at[VERSIONS]);
        return new VersionChain(reader)
                .newest(newest, version -> version.sequence() <= upToSequence);
    }

    private static long numberOf(@Nullable VersionRecord version) {
        return Objects.requireNonNull(version).number();
    }

    private DamagedPlace refused(ThrowingCallable call) {
        List<DamagedPlace> places = new ArrayList<>();
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CorruptDataException.class,
                        e -> places.add(Objects.requireNonNull(e.place())));
        return places.getFirst();
    }

    @Test
    void everyVersionIsReachedFromTheNewestOne() {
        for (int number = 1; number <= VERSIONS; number++) {
            assertThat(numberOf(newest(number))).isEqualTo(number);
        }
        assertThat(newest(0)).isNull();
        assertThat(told).isEmpty();
    }

    @Test
    void jumpsMakeTheWayShort() {
        newest(1);

        long versions = read.stream().distinct().count();
        assertThat(versions).isLessThanOrEqualTo(VERSIONS / 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 9, 19})
    void damagedVersionThatIsNotTheAnswerIsWalkedAround(int number) {
        damage(number);

        for (int wanted = 1; wanted <= VERSIONS; wanted++) {
            if (wanted != number) {
                assertThat(numberOf(newest(wanted))).isEqualTo(wanted);
            }
        }

        assertThat(told).isNotEmpty();
        assertThat(told)
                .allSatisfy(
                        place -> {
                            assertThat(place.position()).isEqualTo(at[number]);
                            assertThat(place.version()).isEqualTo(number);
                            assertThat(place.sequence()).isEqualTo(number);
                            assertThat(place.key()).isEqualTo(WrittenLog.KEY);
                            assertThat(place.part()).isEqualTo(DamagedPlace.Part.VERSION);
                        });
    }

    @Test
    void damageIsToldOfAVersionThatIsPassedOver() {
        damage(19);

        newest(18);

        assertThat(told).extracting(DamagedPlace::version).containsOnly(19L);
    }

    @Test
    void damageIsToldOfAVersionThatIsOnlyJumpedTo() {
        assertThat(JumpPointers.targetOf(18)).isEqualTo(15);
        damage(15);
        Reader reader = reader();
        VersionRecord from = reader.readVersion(at[18]);

        VersionRecord found =
                new VersionChain(reader).newest(from, version -> version.sequence() <= 17);

        assertThat(numberOf(found)).isEqualTo(17);
        assertThat(told).extracting(DamagedPlace::version).containsExactly(15L);
    }

    @Test
    void damageIsToldOfAFirstVersionThatIsTooNew() {
        damage(1);

        assertThat(newest(0)).isNull();

        assertThat(told).extracting(DamagedPlace::version).contains(1L);
    }

    @Test
    void damagedVersionThatIsTheAnswerIsRefused() {
        damage(7);

        DamagedPlace place = refused(() -> newest(7));

        assertThat(place.position()).isEqualTo(at[7]);
        assertThat(place.version()).isEqualTo(7);
        assertThat(place.key()).isEqualTo(WrittenLog.KEY);
        assertThat(place.sequence()).isEqualTo(7);
    }

    @Test
    void firstVersionThatIsTheAnswerIsRefused() {
        damage(1);

        assertThat(refused(() -> newest(1)).version()).isEqualTo(1);
    }

    @Test
    void versionWhosePlaceInTimeIsLostMayBeTheAnswer() {
        lose(19);

        assertThat(numberOf(newest(18))).isEqualTo(18);
        assertThat(refused(() -> newest(19)).version()).isEqualTo(19);
    }

    @Test
    void placeInTimeIsWhatIsKnownOfALostStretch() {
        lose(19);
        VersionStamp known =
                new VersionStamp() {
                    @Override
                    public long number() {
                        return 1;
                    }

                    @Override
                    public long sequence() {
                        return 20;
                    }

                    @Override
                    public long commitTime() {
                        return 20_000;
                    }
                };
        Reader reader = reader();
        VersionRecord newest = reader.readVersion(at[VERSIONS]);

        VersionChain chain =
                new VersionChain(reader, position -> position == at[19] ? known : null);

        assertThat(numberOf(chain.newest(newest, version -> version.sequence() <= 19)))
                .isEqualTo(18);
        assertThat(numberOf(chain.newest(newest, version -> version.commitTime() <= 19_999)))
                .isEqualTo(18);
    }

    @Test
    void reasonSaysThatEarlierVersionsMayBeDamagedAsWell() {
        for (int number = 1; number < VERSIONS; number++) {
            lose(number);
        }

        assertThat(refused(() -> newest(0)).reason())
                .contains("record checksum is ")
                .endsWith("; earlier versions may be damaged as well");
        assertThat(refused(() -> newest(19)).reason())
                .contains("record checksum is ")
                .doesNotContain("may be damaged as well");
    }

    private @Nullable VersionRecord beforeTheNewest(long upToSequence) {
        Reader reader = reader();
        CorruptDataException damage = reader.corrupt(at[VERSIONS], "damaged");
        return new VersionChain(reader)
                .newestBefore(
                        WrittenLog.KEY,
                        at[VERSIONS],
                        damage,
                        version -> version.sequence() <= upToSequence);
    }

    @Test
    void newestVersionThatIsDamagedIsWalkedAround() {
        damage(VERSIONS);

        assertThat(numberOf(beforeTheNewest(19))).isEqualTo(19);
        assertThat(numberOf(beforeTheNewest(3))).isEqualTo(3);
        assertThat(beforeTheNewest(0)).isNull();
        assertThat(told).extracting(DamagedPlace::version).containsOnly((long) VERSIONS);
        assertThat(refused(() -> beforeTheNewest(20)).version()).isEqualTo(VERSIONS);
    }

    @Test
    void versionsBetweenMayBeTheAnswerWhereTheOneBeforeIsNotCertain() {
        lose(VERSIONS);
        lose(19);

        assertThat(numberOf(beforeTheNewest(18))).isEqualTo(18);
        refused(() -> beforeTheNewest(19));
    }

    @Test
    void onlyVersionThatIsDamagedHasNoneBeforeIt() {
        long other = log.add(WrittenLog.OTHER, 1, 0);
        bytes = log.bytes();
        bytes[log.index(other) + RecordLayout.BODY] ^= 1;
        Reader reader = reader();
        VersionChain chain = new VersionChain(reader);
        CorruptDataException damage = reader.corrupt(other, "damaged");

        assertThat(
                        chain.newestBefore(
                                WrittenLog.OTHER, other, damage, version -> version.sequence() < 5))
                .isNull();
        assertThat(told).extracting(DamagedPlace::version).containsExactly(1L);
    }

    @Test
    void versionBeforeIsReadOrRefusedByItsNumber() {
        Reader reader = reader();
        VersionRecord newest = reader.readVersion(at[VERSIONS]);
        assertThat(new VersionChain(reader).previous(newest).number()).isEqualTo(19);

        damage(19);

        DamagedPlace place = refused(() -> new VersionChain(reader()).previous(newest));
        assertThat(place.version()).isEqualTo(19);
        assertThat(place.position()).isEqualTo(at[19]);
    }

    @Test
    void nextVersionJumpsWhereItsNumberSays() {
        for (int number = 1; number <= VERSIONS; number++) {
            Reader reader = reader();
            VersionRecord newest = reader.readVersion(at[number]);

            assertThat(new VersionChain(reader).jumpPositionAfter(newest))
                    .as("after version %d", number)
                    .isEqualTo(at[(int) JumpPointers.targetOf(number + 1)]);
        }
    }

    @Test
    void nextVersionJumpsNowhereWhereTheWayIsDamaged() {
        assertThat(JumpPointers.targetOf(17)).isEqualTo(16);
        assertThat(JumpPointers.targetOf(18)).isEqualTo(15);
        damage(16);
        Reader reader = reader();

        assertThat(new VersionChain(reader).jumpPositionAfter(reader.readVersion(at[17]))).isZero();
    }

    /** A version 21 that leads to a record as the one before. */
    private void requireRefused(long previous) {
        long next = log.add(WrittenLog.draft(WrittenLog.KEY, VERSIONS + 1, previous));
        bytes = log.bytes();
        Reader reader = reader();
        VersionRecord newest = reader.readVersion(next);

        assertThat(refused(() -> new VersionChain(reader).previous(newest)).reason())
                .contains("version chain leads from version 21 to");
    }

    @Test
    void numbersFallWithEveryStep() {
        requireRefused(log.add(WrittenLog.draft(WrittenLog.KEY, VERSIONS + 1, at[VERSIONS])));
    }

    @Test
    void chainStaysWithTheEntity() {
        requireRefused(log.add(WrittenLog.OTHER, 1, 0));
    }

    @Test
    void transactionsFallWithEveryStep() {
        long[] records =
                log.appender()
                        .append(
                                List.of(
                                        WrittenLog.draft(WrittenLog.KEY, 21, at[VERSIONS]),
                                        WrittenLog.draft(WrittenLog.KEY, 22, at[VERSIONS])),
                                new Commitment(21, 21_000));
        bytes = log.bytes();
        byte[] forged = bytes;
        int second = log.index(records[1]);
        ByteBuffer.wrap(forged)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(second + RecordLayout.PREVIOUS_POSITION, records[0]);
        new LogForgery(forged).repairRecord(second);
        Reader reader = reader();
        VersionRecord newest = reader.readVersion(records[1]);

        assertThat(refused(() -> new VersionChain(reader).previous(newest)).reason())
                .contains("version chain leads from version 22 to 21");
    }
}
