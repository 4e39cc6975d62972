package io.entitydb.storage.index;

import static io.entitydb.storage.index.Images.COVERED;
import static io.entitydb.storage.index.Images.FILE_ID;
import static io.entitydb.storage.index.Images.contents;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.storage.io.SimulatedDisk;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

class ImageTests {

    /** Version 1, to the byte: two entities, replayed from 8192 on, covered to transaction 7. */
    private static final String GOLDEN =
            """
            45494458 01000000 77665544 33221100
            ffeeddcc bbaa9988 68220000 00000000
            05000000 00000000 01000000 00000000
            06000000 00000000 88130000 00000000
            e77b9a9a e9e30b0d bdb6f510 a264ef9d
            e781501d 7b6b92ae 89eb059c 5ab743db
            07000000 00000000 3ba8d02b 16fd2a01
            c1a8ba1a 1f036d7c e386ed95 3696fa57
            331c2ac4 8a80b255 02000000 00000000
            fecaad0b 5407fa64 8502e723 02000000
            efcdab89 67452301 00200000 00000000
            10325476 98badcfe 28230000 00000000
            c34ff51a 00000000 02000000 00000000
            """;

    private final SimulatedDisk disk = new SimulatedDisk(1);

    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                1,
                1000,
                ImageBlock.CAPACITY - 1,
                ImageBlock.CAPACITY,
                ImageBlock.CAPACITY + 1,
                3 * ImageBlock.CAPACITY + 7
            })
    void holdsEveryEntry(int entries) {
        EntityIndex index = Images.index(entries);

        ImageHeader header = Images.write(disk, index);

        assertThat(header).isEqualTo(new ImageHeader(FILE_ID, Images.POINT, COVERED, entries));
        assertThat(disk.list()).containsExactly(ImageWriter.FILE);
        assertThat(disk.pendingChanges()).isZero();
        assertThat(Images.load(disk))
                .isInstanceOfSatisfying(
                        ImageResult.Loaded.class,
                        loaded -> {
                            assertThat(loaded.header()).isEqualTo(header);
                            assertThat(contents(loaded.index())).isEqualTo(contents(index));
                        });
    }

    @ParameterizedTest
    @EnumSource(Hashing.class)
    void holdsKeysWhoseHashesCollide(Hashing hashing) {
        EntityIndex index = new EntityIndex();
        for (int key = 0; key < hashing.keys(); key++) {
            index.insert(hashing.hash(key), RecordLog.START + 8L * key);
        }

        Images.write(disk, index);

        assertThat(contents(Images.loaded(disk))).isEqualTo(contents(index));
    }

    @Test
    void hasTheBytesOfVersionOne() {
        EntityIndex index = new EntityIndex();
        index.insert(0x0123456789abcdefL, 8192);
        index.insert(0xfedcba9876543210L, 9000);

        new ImageWriter(disk).write(index, FILE_ID, Images.point(8808, 5, 1), () -> COVERED);

        assertThat(HexFormat.of().formatHex(disk.contents(ImageWriter.FILE)))
                .isEqualTo(GOLDEN.replaceAll("\\s", ""));
    }

    @Test
    void theExampleInTheFormatIsTheseBytes() throws IOException {
        String page = Files.readString(Path.of("src/main/java/io/entitydb/storage/FORMAT.md"));
        String section = page.substring(page.indexOf("(`ImageLayout`)"));

        String bytes =
                Pattern.compile("(?m)^\\d{3}  ((?: ?[0-9a-f]{2}\\b)+)")
                        .matcher(section)
                        .results()
                        .map(line -> line.group(1))
                        .collect(Collectors.joining());

        assertThat(bytes.replace(" ", "")).isEqualTo(GOLDEN.replaceAll("\\s", ""));
    }

    @Test
    void asksForTheCoveredTransactionWhenAllEntriesAreTaken() {
        EntityIndex index = Images.index(10);

        ImageHeader header =
                new ImageWriter(disk)
                        .write(
                                index,
                                FILE_ID,
                                Images.POINT,
                                () -> {
                                    index.insert(3, 16384);
                                    return COVERED;
                                });

        assertThat(header.slotCount()).isEqualTo(10);
        assertThat(contents(Images.loaded(disk))).doesNotContainKey(16384L);
    }

    @Test
    void replacesTheImageBeforeAndWhatIsLeftOfAnUnfinishedOne() {
        disk.replace(ImageWriter.TEMPORARY_FILE, new byte[10_000]);
        Images.write(disk, Images.index(10));

        Images.write(disk, Images.index(20));

        assertThat(Images.loaded(disk).size()).isEqualTo(20);
        assertThat(disk.list()).containsExactly(ImageWriter.FILE);
    }

    @Test
    void writtenBesideTheWriterAndReplayedItEqualsAFullRebuild() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("ImageTests seed " + seed);
        RecordLog log = new RecordLog(Hashing.SIP);
        int[] keys = new Random(seed).ints(300_000, 0, 100_000).toArray();
        for (int key : keys) {
            log.append(key);
        }
        EntityIndex live = new EntityIndex();
        long replayFrom = RecordLog.START + 8L * 20_000;
        replay(live, log, RecordLog.START, replayFrom);

        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<?> writer = threads.submit(() -> replay(live, log, replayFrom, log.end()));
            Images.write(disk, live);
            writer.get();
        }

        EntityIndex restarted = Images.loaded(disk);
        replay(restarted, log, replayFrom, log.end());
        Map<Long, Long> expected = contents(live);
        assertThat(contents(restarted)).as("seed %d", seed).isEqualTo(expected);
    }

    private static void replay(EntityIndex index, RecordLog log, long from, long to) {
        for (long position = from; position < to; position += Long.BYTES) {
            RecordLog.Entry entry = log.at(position);
            index.replay(
                    entry.hash(),
                    entry.previousPosition(),
                    entry.position(),
                    log.keyTest(entry.key()));
        }
    }
}
