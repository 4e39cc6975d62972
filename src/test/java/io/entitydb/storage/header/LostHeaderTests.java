package io.entitydb.storage.header;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.HoledFile;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.CRC32C;

/** What can be told of a slot that does not verify. */
class LostHeaderTests {

    private static final int SLOT_BYTES = 4096;
    private static final int CRC = 252;

    private final MemoryFile file = new MemoryFile(2 * SLOT_BYTES);
    private final Header even = Headers.golden().withGeneration(8);
    private final Header odd = Headers.golden();

    @BeforeEach
    void write() {
        HeaderSlots.write(file, even);
        HeaderSlots.write(file, odd);
        file.map(2 * SLOT_BYTES);
    }

    private void flip(int at) {
        file.bytes()[at] ^= 1;
    }

    private DiskFile holed(int slot) {
        return new HoledFile(file, (long) slot * SLOT_BYTES, (long) slot * SLOT_BYTES + 1);
    }

    private void putVersion(int version) {
        ByteBuffer fields = ByteBuffer.wrap(file.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        fields.putInt(HeaderLayout.FORMAT_VERSION, version);
        CRC32C crc = new CRC32C();
        crc.update(file.bytes(), 0, CRC);
        fields.putInt(CRC, (int) crc.getValue());
    }

    @Test
    void damagedSlotStillTellsWhoseItMayBe() {
        flip(200);

        assertThat(LostHeader.read(file, 0))
                .isEqualTo(new LostHeader(Headers.IDENTITY, Headers.golden().epoch()));
        assertThat(LostHeader.read(file, 1))
                .isEqualTo(new LostHeader(Headers.IDENTITY, Headers.golden().epoch()));
    }

    @Test
    void slotTellsNothingThatIsNoIdentityOrCannotBeRead() {
        Arrays.fill(file.bytes(), 0, SLOT_BYTES, (byte) 0);

        assertThat(LostHeader.read(file, 0)).isNull();
        assertThat(LostHeader.read(holed(1), 1)).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 100, 200, CRC, CRC + 3})
    void oneTurnedBitIsTurnedBack(int at) {
        file.bytes()[at] ^= (byte) 0x80;
        file.bytes()[SLOT_BYTES + at] ^= 4;

        assertThat(LostHeader.mended(file, 0)).isEqualTo(even);
        assertThat(LostHeader.mended(file, 1)).isEqualTo(odd);
    }

    @Test
    void twoTurnedBitsAreNot() {
        flip(100);
        flip(200);

        assertThat(LostHeader.mended(file, 0)).isNull();
        assertThat(LostHeader.mended(holed(1), 0)).isNull();
    }

    @Test
    void damagedIdsAreThoseOfTheOtherSlot() {
        Arrays.fill(file.bytes(), HeaderLayout.STORE_ID, HeaderLayout.EPOCH, (byte) 7);

        assertThat(LostHeader.mended(file, 0)).isEqualTo(even);
        assertThat(LostHeader.mended(holed(1), 0)).isNull();

        HeaderSlots.write(file, even);
        int odds = SLOT_BYTES + HeaderLayout.STORE_ID;
        Arrays.fill(file.bytes(), odds, SLOT_BYTES + HeaderLayout.EPOCH, (byte) 7);
        assertThat(LostHeader.mended(file, 1)).isEqualTo(odd);
    }

    @Test
    void idsOfTheOtherSlotServeOnlyIfTheyFit() {
        FileIdentity identity = Headers.IDENTITY;
        FileIdentity other =
                new FileIdentity(
                        identity.storeId(),
                        identity.createdAt(),
                        new UUID(1, 1),
                        identity.secret());
        HeaderSlots.write(file, odd.withIdentity(other));
        Arrays.fill(file.bytes(), HeaderLayout.STORE_ID, HeaderLayout.EPOCH, (byte) 7);

        assertThat(LostHeader.mended(file, 0)).isNull();
    }

    @Test
    void slotThatCannotBeReadIsNotMended() {
        assertThat(LostHeader.mended(holed(0), 0)).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {HeaderCodec.OLDEST_VERSION - 1, HeaderCodec.VERSION + 1, 99})
    void intactSlotOfAVersionThatIsNotKnownIsTold(int version) {
        putVersion(version);

        assertThat(LostHeader.isOfOtherVersion(file, 0)).isTrue();
        flip(200);
        assertThat(LostHeader.isOfOtherVersion(file, 0)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {HeaderCodec.OLDEST_VERSION, HeaderCodec.VERSION})
    void slotOfAKnownVersionIsOfNoOther(int version) {
        putVersion(version);

        assertThat(LostHeader.isOfOtherVersion(file, 0)).isFalse();
    }

    @Test
    void foreignSlotAndOneThatCannotBeReadAreOfNoVersion() {
        putVersion(99);
        assertThat(LostHeader.isOfOtherVersion(holed(0), 0)).isFalse();

        flip(HeaderLayout.MAGIC);
        assertThat(LostHeader.isOfOtherVersion(file, 0)).isFalse();
    }
}
