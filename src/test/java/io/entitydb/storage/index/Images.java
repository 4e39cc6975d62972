package io.entitydb.storage.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Digest;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.storage.log.FrameChain;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Images for tests, and what they hold. */
final class Images {

    static final UUID FILE_ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    static final ReplayPoint POINT = point(8192, 0, 0);

    static final CoveredTransaction COVERED =
            new CoveredTransaction(7, Digest.sha256("seven".getBytes(StandardCharsets.UTF_8)));

    private Images() {}

    /** A replay point; what the chain needs beside it is told by the sequence. */
    static ReplayPoint point(long walOffset, long sequence, long entityCount) {
        return new ReplayPoint(
                new FrameChain(
                        walOffset,
                        sequence + 1,
                        0x0badcafe,
                        sequence,
                        sequence * 1000,
                        Digest.sha256(new byte[] {(byte) sequence})),
                entityCount);
    }

    /** An index of so many entries with spread hashes. */
    static EntityIndex index(int entries) {
        EntityIndex index = new EntityIndex();
        for (int i = 1; i <= entries; i++) {
            index.insert(i * 0x9e3779b97f4a7c15L, RecordLog.START + 8L * i);
        }
        return index;
    }

    /** The bytes of an image. */
    static byte[] bytes(EntityIndex index) {
        SimulatedDisk disk = new SimulatedDisk(1);
        write(disk, index);
        return disk.contents(ImageWriter.FILE);
    }

    static ImageHeader write(Disk disk, EntityIndex index) {
        return new ImageWriter(disk).write(index, FILE_ID, POINT, () -> COVERED);
    }

    /** Loads an image with these bytes; no file may stay open. */
    static ImageResult load(byte[] image) {
        SimulatedDisk disk = new SimulatedDisk(1);
        disk.replace(ImageWriter.FILE, image);
        return load(disk);
    }

    static ImageResult load(SimulatedDisk disk) {
        ImageResult result = ImageReader.load(disk, FILE_ID);
        assertThat(disk.openFiles()).isZero();
        return result;
    }

    /** The index of a directory whose image must be whole. */
    static EntityIndex loaded(SimulatedDisk disk) {
        ImageResult result = load(disk);
        assertThat(result).isInstanceOf(ImageResult.Loaded.class);
        return ((ImageResult.Loaded) result).index();
    }

    /** Position to hash. */
    static Map<Long, Long> contents(EntityIndex index) {
        Map<Long, Long> contents = new HashMap<>();
        AtomicInteger entries = new AtomicInteger();
        index.forEach(
                (hash, position) -> {
                    contents.put(position, hash);
                    entries.incrementAndGet();
                });
        assertThat(contents).as("no position twice").hasSize(entries.get());
        assertThat(index.size()).isEqualTo(entries.get());
        return contents;
    }
}
