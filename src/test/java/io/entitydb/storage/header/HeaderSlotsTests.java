package io.entitydb.storage.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.error.UnsupportedFormatException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;

class HeaderSlotsTests {

    private static final int SLOT_BYTES = 4096;

    private final MemoryFile file = new MemoryFile(4 * SLOT_BYTES);

    @ParameterizedTest
    @CsvSource({"6, 7, 7", "8, 7, 8", "6, 9, 9"})
    void newestGenerationWins(long even, long odd, long newest) {
        write(even);
        write(odd);

        HeaderSlots slots = HeaderSlots.read(file);

        assertThat(slots.newest()).isEqualTo(Headers.golden().withGeneration(newest));
        assertThat(slots.a().isValid()).isTrue();
        assertThat(slots.b().isValid()).isTrue();
    }

    @Test
    void headerIsWrittenWithZerosBehindItAndNotForced() {
        Arrays.fill(file.bytes(), (byte) 0xff);

        write(7);

        byte[] expected = new byte[4 * SLOT_BYTES];
        Arrays.fill(expected, (byte) 0xff);
        Arrays.fill(expected, SLOT_BYTES, 2 * SLOT_BYTES, (byte) 0);
        System.arraycopy(HeaderCodec.encode(Headers.golden()), 0, expected, SLOT_BYTES, 256);
        assertThat(file.bytes()).isEqualTo(expected);
        assertThat(file.forces()).isZero();
    }

    @Test
    void bytesBehindTheHeaderAreIgnored() {
        write(7);
        write(8);
        Arrays.fill(file.bytes(), 256, SLOT_BYTES, (byte) 0xff);

        assertThat(HeaderSlots.read(file).newest().generation()).isEqualTo(8);
    }

    @Test
    void tornSlotLeavesTheOtherOne() {
        Header before = Headers.after(5, Headers.ofNewFile()).withGeneration(6);
        Header next = Headers.after(9, Headers.ofNewFile()).withGeneration(8);
        for (int landed = 0; landed <= SLOT_BYTES; landed++) {
            HeaderSlots.write(file, before);
            write(7);
            file.failNextWrite(landed);
            assertThatExceptionOfType(StorageIoException.class)
                    .isThrownBy(() -> HeaderSlots.write(file, next));

            assertThat(HeaderSlots.read(file).newest())
                    .as("%d bytes landed", landed)
                    .isEqualTo(landed < 256 ? Headers.golden() : next);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, SLOT_BYTES})
    void oneForeignSlotLeavesTheOtherOne(int position) {
        write(7);
        write(8);
        file.bytes()[position] ^= 1;

        HeaderSlots slots = HeaderSlots.read(file);

        assertThat(slots.newest().generation()).isEqualTo(position == 0 ? 7 : 8);
        assertThat(slots.a().isValid()).isEqualTo(position != 0);
        assertThat(slots.b().isValid()).isEqualTo(position == 0);
    }

    @Test
    void slotsOfTwoFilesAreDamage() {
        FileIdentity identity = Headers.IDENTITY;
        FileIdentity other =
                new FileIdentity(
                        identity.storeId(),
                        identity.createdAt(),
                        new UUID(1, 1),
                        identity.secret());
        write(7);
        HeaderSlots.write(file, Headers.golden().withGeneration(8).withIdentity(other));

        HeaderSlots slots = HeaderSlots.read(file);

        assertThatExceptionOfType(CorruptDataException.class)
                .isThrownBy(slots::newest)
                .withMessageContaining("slots of two files")
                .withMessageContaining(identity.fileId().toString())
                .withMessageContaining(other.fileId().toString());
    }

    @Test
    void copiedSlotIsNoSecondHeaderOfItsGeneration() {
        write(8);
        System.arraycopy(file.bytes(), 0, file.bytes(), SLOT_BYTES, SLOT_BYTES);

        HeaderSlots slots = HeaderSlots.read(file);

        assertThat(slots.newest().generation()).isEqualTo(8);
        assertThat(slots.b().describe()).isEqualTo("slot-in-place: slot 1 names itself 0");
    }

    @Test
    void noValidSlotIsRefusedWithBothReasons() {
        write(7);
        write(8);
        file.bytes()[200] ^= 1;
        file.bytes()[SLOT_BYTES + 4] = 9;

        HeaderSlots slots = HeaderSlots.read(file);

        assertThatExceptionOfType(CorruptDataException.class)
                .isThrownBy(slots::newest)
                .withMessageContaining("no valid header slot; A: crc-matches: expected 0x")
                .withMessageEndingWith("; B: found version 9");
    }

    @Test
    void foreignSlotBesideADamagedOneIsDamage() {
        write(7);
        write(8);
        file.bytes()[4] = 9;
        file.bytes()[SLOT_BYTES + 200] ^= 1;

        HeaderSlots slots = HeaderSlots.read(file);

        assertThatExceptionOfType(CorruptDataException.class)
                .isThrownBy(slots::newest)
                .withMessageContaining("no valid header slot; A: found version 9; B: crc-matches");
    }

    @Test
    void twoDamagedSlotsAreRefusedAsDamage() {
        write(7);
        write(8);
        file.bytes()[200] ^= 1;
        file.bytes()[SLOT_BYTES + 200] ^= 1;

        HeaderSlots slots = HeaderSlots.read(file);

        assertThatExceptionOfType(CorruptDataException.class)
                .isThrownBy(slots::newest)
                .withMessageContaining("; B: crc-matches");
    }

    @Test
    void newerVersionIsRefusedByItsName() {
        write(7);
        write(8);
        file.bytes()[4] = 6;
        file.bytes()[SLOT_BYTES + 4] = 6;

        HeaderSlots slots = HeaderSlots.read(file);

        assertThatExceptionOfType(UnsupportedFormatException.class)
                .isThrownBy(slots::newest)
                .returns("version 6", UnsupportedFormatException::found);
    }

    @ParameterizedTest
    @CsvSource({
        "0, an empty file",
        "255, a file of 255 bytes",
        "256, magic 0x00000000",
        "4351, magic 0x00000000",
        "4352, magic 0x00000000",
        "8192, magic 0x00000000"
    })
    void foreignFileIsRefusedByWhatWasFound(int size, String found) {
        HeaderSlots slots = HeaderSlots.read(new MemoryFile(size));

        assertThatExceptionOfType(UnsupportedFormatException.class)
                .isThrownBy(slots::newest)
                .returns(found, UnsupportedFormatException::found);
    }

    @Test
    void fileCutBehindItsFirstSlotStillHasIt() {
        MemoryFile cut = new MemoryFile(0);
        cut.write(ByteBuffer.wrap(HeaderCodec.encode(Headers.golden().withGeneration(8))), 0);

        HeaderSlots slots = HeaderSlots.read(cut);

        assertThat(slots.newest().generation()).isEqualTo(8);
        assertThat(slots.a().describe()).isEqualTo("generation 8");
        assertThat(slots.b().describe()).isEqualTo("found a file of 256 bytes");
    }

    @Test
    void failingDeviceSaysNothingOfTheSlots() {
        write(7);
        write(8);
        file.failReads();

        assertThatExceptionOfType(StorageIoException.class)
                .isThrownBy(() -> HeaderSlots.read(file));
    }

    @Test
    void failedPublicationIsRepeatedInItsSlot() {
        write(7);
        write(8);
        HeaderSync sync =
                new HeaderSync(
                        HeaderSlots.read(file).newest(),
                        next -> {
                            HeaderSlots.write(file, next);
                            file.force();
                        });

        file.failNextForce();
        assertThatExceptionOfType(StorageIoException.class)
                .isThrownBy(() -> sync.update(h -> h.withEntityCount(77)));

        assertThat(HeaderSlots.read(file).newest().generation()).isEqualTo(9);
        assertThat(sync.current().generation()).isEqualTo(8);

        file.failNextWrite(100);
        assertThatExceptionOfType(StorageIoException.class)
                .isThrownBy(() -> sync.update(h -> h.withEntityCount(78)));
        assertThat(HeaderSlots.read(file).newest()).isEqualTo(sync.current());

        sync.update(h -> h.withEntityCount(79));

        assertThat(sync.current().generation()).isEqualTo(13);
        assertThat(HeaderSlots.read(file).newest()).isEqualTo(sync.current());
        assertThat(HeaderSlots.read(file).a().describe()).isEqualTo("generation 8");
    }

    @ParameterizedTest
    @CsvSource({"8, 7", "8, 9"})
    void stepBetweenTheSlotsKeepsTheRules(long even, long odd) {
        write(even);
        write(odd);
        assertThat(HeaderSlots.read(file).transitionProblem()).isNull();

        Header shrunk = Headers.golden().withEpoch(2).withGeneration(Math.max(even, odd));
        HeaderSlots.write(file, shrunk);

        assertThat(HeaderSlots.read(file).transitionProblem())
                .isEqualTo("epoch-never-shrinks: from 3 to 2");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, SLOT_BYTES})
    void oneSlotAloneBreaksNoRuleBetweenTwo(int position) {
        write(7);
        HeaderSlots.write(file, Headers.golden().withEpoch(2).withGeneration(8));
        file.bytes()[position] ^= 1;

        assertThat(HeaderSlots.read(file).transitionProblem()).isNull();
    }

    private void write(long generation) {
        HeaderSlots.write(file, Headers.golden().withGeneration(generation));
    }
}
