package io.entitydb.storage.index;

import static io.entitydb.storage.index.ImageLayout.BLOCK_ENTRIES;
import static io.entitydb.storage.index.ImageLayout.BLOCK_ENTRY_COUNT;
import static io.entitydb.storage.index.ImageLayout.COMMIT_TIME;
import static io.entitydb.storage.index.ImageLayout.COVERED_SEQUENCE;
import static io.entitydb.storage.index.ImageLayout.END_BYTES;
import static io.entitydb.storage.index.ImageLayout.END_ENTRY_COUNT;
import static io.entitydb.storage.index.ImageLayout.END_TOTAL;
import static io.entitydb.storage.index.ImageLayout.ENTITY_COUNT;
import static io.entitydb.storage.index.ImageLayout.ENTRY_BYTES;
import static io.entitydb.storage.index.ImageLayout.ENTRY_HASH;
import static io.entitydb.storage.index.ImageLayout.ENTRY_POSITION;
import static io.entitydb.storage.index.ImageLayout.FORMAT_VERSION;
import static io.entitydb.storage.index.ImageLayout.FRAME_NUMBER;
import static io.entitydb.storage.index.ImageLayout.HEADER_BYTES;
import static io.entitydb.storage.index.ImageLayout.MAGIC;
import static io.entitydb.storage.index.ImageLayout.SEQUENCE;
import static io.entitydb.storage.index.ImageLayout.SLOT_COUNT;
import static io.entitydb.storage.index.ImageLayout.WAL_OFFSET;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import io.entitydb.storage.io.DiskCall;
import io.entitydb.storage.io.Fault;
import io.entitydb.storage.io.SimulatedDisk;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

class ImageDamageTests {

    private static final int ENTRIES = 3;
    private static final byte[] IMAGE = Images.bytes(Images.index(ENTRIES));
    private static final int ENTRY = HEADER_BYTES + BLOCK_ENTRIES;
    private static final int END = ENTRY + ENTRIES * ENTRY_BYTES;

    /** What loading a small image may allocate on the heap: a segment's objects, 256 times. */
    private static final long MAX_HEAP_BYTES = 1L << 20;

    @Test
    void everyBitFlipIsRefused() {
        for (int bit = 0; bit < IMAGE.length * Byte.SIZE; bit++) {
            byte[] flipped = IMAGE.clone();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);

            assertThat(Images.load(flipped))
                    .as("bit %d", bit)
                    .isInstanceOfAny(ImageResult.Damaged.class, ImageResult.Unsupported.class);
        }
    }

    @Test
    void everyTruncationIsRefused() {
        for (int length = 0; length < IMAGE.length; length++) {
            assertDamaged(Arrays.copyOf(IMAGE, length), "short|size");
        }
    }

    @Test
    void bytesBehindTheEndAreRefused() {
        assertDamaged(Arrays.copyOf(IMAGE, IMAGE.length + 1), "size");
        assertDamaged(Arrays.copyOf(IMAGE, IMAGE.length + END_BYTES), "size");
    }

    @Test
    void blocksInAnotherOrderAreRefused() {
        byte[] image = Images.bytes(Images.index(2 * ImageBlock.CAPACITY));
        int size = ImageBlock.sizeOf(ImageBlock.CAPACITY);
        byte[] swapped = image.clone();
        System.arraycopy(image, HEADER_BYTES, swapped, HEADER_BYTES + size, size);
        System.arraycopy(image, HEADER_BYTES + size, swapped, HEADER_BYTES, size);

        assertThat(Images.load(image)).isInstanceOf(ImageResult.Loaded.class);
        assertDamaged(swapped, "crc of block 0");
    }

    @Test
    void aBlockOfAnotherFileIsRefused() {
        SimulatedDisk disk = new SimulatedDisk(1);
        new ImageWriter(disk)
                .write(Images.index(ENTRIES), new UUID(1, 2), Images.POINT, () -> Images.COVERED);
        byte[] mixed = disk.contents(ImageWriter.FILE);
        System.arraycopy(IMAGE, 0, mixed, 0, HEADER_BYTES);

        assertDamaged(mixed, "crc of block 0");
    }

    @ParameterizedTest
    @MethodSource
    void whatBreaksARuleIsRefusedThoughItsChecksumsFit(String rule, Consumer<ForgedImage> forgery) {
        ForgedImage image = new ForgedImage(IMAGE);

        forgery.accept(image);

        assertDamaged(image.repaired(), rule);
    }

    static Stream<Arguments> whatBreaksARuleIsRefusedThoughItsChecksumsFit() {
        return Stream.of(
                forged("walOffset is 0", WAL_OFFSET, 0),
                forged("walOffset is 8196", WAL_OFFSET, 8196),
                forged("walOffset is -8", WAL_OFFSET, -8),
                forged("sequence is -1", SEQUENCE, -1),
                forged("entityCount is -1", ENTITY_COUNT, -1),
                forged("slotCount is 3, below entityCount 4", ENTITY_COUNT, 4),
                forged("slotCount is -1", SLOT_COUNT, -1),
                forged("coveredSequence is -1", COVERED_SEQUENCE, -1),
                forged("coveredSequence is 7, below sequence 8", SEQUENCE, 8),
                forged("too short for slotCount", SLOT_COUNT, Long.MAX_VALUE),
                forged("too short for slotCount", SLOT_COUNT, 1L << 59),
                forged("size: expected", SLOT_COUNT, ENTRIES + 1),
                forged("size: expected", SLOT_COUNT, ENTRIES - 1),
                forged("hash 0", ENTRY + ENTRY_HASH, 0),
                forged("position 0", ENTRY + ENTRY_POSITION, 0),
                forged("position 8184", ENTRY + ENTRY_POSITION, 8184),
                forged("position 8193", ENTRY + ENTRY_POSITION, 8193),
                forged("position -8192", ENTRY + ENTRY_POSITION, -8192),
                forged("total: expected 3, actual 4", END + END_TOTAL, 4),
                forged("frameNumber is -1", FRAME_NUMBER, -1),
                forged("commitTime is -1", COMMIT_TIME, -1),
                Arguments.of(
                        "entries: expected 3, actual 2",
                        forgery(image -> image.putInt(HEADER_BYTES + BLOCK_ENTRY_COUNT, 2))),
                Arguments.of(
                        "end block has entries",
                        forgery(image -> image.putInt(END + END_ENTRY_COUNT, 1))));
    }

    private static Arguments forged(String rule, int offset, long value) {
        return Arguments.of(rule, forgery(image -> image.putLong(offset, value)));
    }

    private static Consumer<ForgedImage> forgery(Consumer<ForgedImage> forgery) {
        return forgery;
    }

    @Test
    void hashesThatAreForgedToCollideAreRefused() {
        ForgedImage image = new ForgedImage(Images.bytes(Images.index(ImageBlock.CAPACITY)));
        for (int i = 0; i < ImageBlock.CAPACITY; i++) {
            image.putLong(ENTRY + i * ENTRY_BYTES + ENTRY_HASH, 1);
        }

        assertDamaged(image.repaired(), "not spread");
    }

    @Test
    void anotherFormatIsRefusedByName() {
        assertThat(Images.load(new ForgedImage(IMAGE).putInt(FORMAT_VERSION, 2).repaired()))
                .isInstanceOfSatisfying(
                        ImageResult.Unsupported.class,
                        refused -> assertThat(refused.reason()).contains("version 2"));
        assertThat(Images.load(new ForgedImage(IMAGE).putInt(MAGIC, 0x46465545).repaired()))
                .isInstanceOfSatisfying(
                        ImageResult.Unsupported.class,
                        refused -> assertThat(refused.reason()).contains("0x46465545"));
    }

    @Test
    void anImageOfAnotherFileIsRefused() {
        UUID other = new UUID(1, 2);
        SimulatedDisk disk = new SimulatedDisk(1);
        new ImageWriter(disk).write(Images.index(3), other, Images.POINT, () -> Images.COVERED);

        ImageResult result = Images.load(disk);

        assertThat(result).isEqualTo(new ImageResult.Foreign(other));
        assertThat(((ImageResult.Refused) result).reason()).contains(other.toString());
    }

    @Test
    void noImageIsNoFailure() {
        ImageResult result = Images.load(new SimulatedDisk(1));

        assertThat(result).isEqualTo(new ImageResult.Missing());
        assertThat(((ImageResult.Refused) result).reason()).contains("missing");
    }

    @ParameterizedTest
    @EnumSource(names = {"LIST", "OPEN", "SIZE", "MAP"})
    void whatTheDiskRefusesToReadIsNotLoaded(DiskCall call) {
        assertUnreadable(Fault.of(call, Fault.Effect.IO_ERROR));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void anImageThatFailsAtAReadIsNotLoaded(int nth) {
        assertUnreadable(Fault.of(DiskCall.READ, Fault.Effect.IO_ERROR).at(nth));
    }

    private static void assertUnreadable(Fault fault) {
        SimulatedDisk disk = new SimulatedDisk(1);
        disk.replace(ImageWriter.FILE, IMAGE);
        disk.control().inject(fault);

        assertThat(Images.load(disk))
                .isInstanceOfSatisfying(
                        ImageResult.Unreadable.class,
                        refused -> assertThat(refused.reason()).contains("simulated"));
        assertThat(Images.load(disk)).isInstanceOf(ImageResult.Loaded.class);
    }

    @Test
    void garbageWithFittingChecksumsIsLoadedWholeOrRefusedWithinBounds() {
        long seed = new Random().nextLong();
        System.out.println("ImageDamageTests seed " + seed);
        RandomGenerator random = new Random(seed);
        int loaded = 0;
        int refused = 0;

        for (int i = 0; i < 5_000; i++) {
            byte[] image = garbage(random);
            switch (loadWithinBounds(image)) {
                case ImageResult.Loaded(var index, var header) -> {
                    assertThat(index.size()).isEqualTo(header.slotCount());
                    assertThat(index.size() * ENTRY_BYTES).isLessThan(image.length);
                    loaded++;
                }
                case ImageResult.Refused refusal -> {
                    assertThat(refusal.reason()).as("seed %d", seed).isNotBlank();
                    refused++;
                }
            }
        }

        assertThat(loaded).isPositive();
        assertThat(refused).isPositive();
    }

    private static byte[] garbage(RandomGenerator random) {
        ForgedImage image = new ForgedImage(Images.bytes(Images.index(random.nextInt(20))));
        int changes = random.nextInt(1, 4);
        for (int i = 0; i < changes; i++) {
            long value =
                    switch (random.nextInt(4)) {
                        case 0 -> random.nextLong();
                        case 1 -> 1L << random.nextInt(Long.SIZE);
                        case 2 -> random.nextInt(100);
                        default -> -1L >>> random.nextInt(Long.SIZE);
                    };
            image.putLong(random.nextInt(image.length() / 8) * 8, value);
        }
        if (random.nextInt(8) == 0) {
            image.resize(random.nextInt(2 * image.length()));
        }
        return image.repaired();
    }

    private static ImageResult loadWithinBounds(byte[] image) {
        SimulatedDisk disk = new SimulatedDisk(1);
        disk.replace(ImageWriter.FILE, image);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        ImageResult result = ImageReader.load(disk, Images.FILE_ID);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MAX_HEAP_BYTES);
        return result;
    }

    private static void assertDamaged(byte[] image, String reason) {
        assertThat(Images.load(image))
                .isInstanceOfSatisfying(
                        ImageResult.Damaged.class,
                        damaged ->
                                assertThat(damaged.reason())
                                        .startsWith(ImageWriter.FILE)
                                        .containsPattern(reason));
    }
}
