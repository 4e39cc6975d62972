package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Content;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Tag;
import io.entitydb.storage.error.DamagedPlace;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.header.HeaderSlots;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.storage.log.FrameHeader;
import io.entitydb.storage.log.FrameReader;
import io.entitydb.storage.log.FrameType;
import io.entitydb.storage.recovery.StoreFiles;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Each checkpoint writes the dictionary once more, and any copy with all words serves. */
class DictionaryCopyTests {

    private static final EntityKey KEY = new EntityKey("default", "a");
    private static final int RECORD = 104;

    /** What happens to a dictionary frame. */
    enum Damage {
        WORD {
            @Override
            void to(byte[] bytes, int at, int length) {
                bytes[at + RECORD + 48 + 8] ^= 1;
            }
        },
        COUNT {
            @Override
            void to(byte[] bytes, int at, int length) {
                bytes[at + RECORD + 48] ^= 1;
            }
        },
        FRAME_HEADER {
            @Override
            void to(byte[] bytes, int at, int length) {
                Arrays.fill(bytes, at, at + RECORD, (byte) 0);
                bytes[at + RECORD + 4] ^= 1;
            }
        },
        ALL {
            @Override
            void to(byte[] bytes, int at, int length) {
                Arrays.fill(bytes, at, at + length, (byte) 0);
            }
        };

        abstract void to(byte[] bytes, int at, int length);
    }

    private static SimulatedDisk closed() {
        SimulatedDisk disk = new SimulatedDisk(5);
        try (TextStore store = TextStore.open(disk, DamagedStore.OPTIONS)) {
            save(store, "colour:red");
            save(store, "colour:green", "size:small");
        }
        return disk;
    }

    private static void save(TextStore store, String... tags) {
        Transaction transaction = store.engine().begin("tester");
        Set<Tag> all = new TreeSet<>();
        for (String tag : tags) {
            all.add(Tag.parse(tag));
        }
        transaction.save(KEY, EntityDraft.of(all, Content.EMPTY));
        transaction.commit();
    }

    @Test
    void closedStoreHasTwoCopiesAndItsHeaderNamesTheLastFrame() {
        SimulatedDisk disk = closed();
        Header header = header(disk);
        List<FrameHeader> copies = copies(disk);

        assertThat(copies.getLast().position()).isEqualTo(header.tagDictOffset());
        assertThat(copies.getLast().end()).isEqualTo(header.walOffset());
        assertThat(copies.getLast().length()).isEqualTo(header.tagDictSize());
        assertThat(copies.get(copies.size() - 2).length()).isEqualTo(header.tagDictSize());
    }

    @Test
    void openingAndClosingWritesNoMoreCopies() {
        SimulatedDisk disk = closed();
        Header before = header(disk);

        for (int i = 0; i < 3; i++) {
            TextStore.open(disk, DamagedStore.OPTIONS).close();
        }

        assertThat(header(disk).dataSize()).isEqualTo(before.dataSize());
    }

    @ParameterizedTest
    @EnumSource
    void otherCopyServesWhereTheNewestOneIsDamaged(Damage damage) {
        SimulatedDisk disk = closed();
        Header header = header(disk);
        damage(disk, header.tagDictOffset(), (int) header.tagDictSize(), damage);

        try (TextStore store = TextStore.open(disk, DamagedStore.OPTIONS)) {
            assertThat(store.state()).isEqualTo(new StoreState.Ready());
            requireTags(store, 1, "colour:red");
            requireTags(store, 2, "colour:green", "size:small");
            assertThat(store.engine().status().quarantined().places())
                    .singleElement()
                    .satisfies(
                            place -> {
                                assertThat(place.part()).isEqualTo(DamagedPlace.Part.DICTIONARY);
                                assertThat(place.position()).isEqualTo(header.tagDictOffset());
                                assertThat(place.finder()).isEqualTo(DamagedPlace.Finder.OPENING);
                            });
            save(store, "shape:round");
        }

        try (TextStore store = TextStore.open(disk, DamagedStore.OPTIONS)) {
            assertThat(store.engine().status().quarantined().places()).isEmpty();
            requireTags(store, 1, "colour:red");
            requireTags(store, 2, "colour:green", "size:small");
            requireTags(store, 3, "shape:round");
        }
    }

    @ParameterizedTest
    @EnumSource
    void damagedEarlierCopyIsNoLoss(Damage damage) {
        SimulatedDisk disk = closed();
        List<FrameHeader> copies = copies(disk);
        for (FrameHeader copy : copies.subList(0, copies.size() - 1)) {
            damage(disk, copy.position(), copy.length(), damage);
        }

        try (TextStore store = TextStore.open(disk, DamagedStore.OPTIONS)) {
            assertThat(store.state()).isEqualTo(new StoreState.Ready());
            requireTags(store, 1, "colour:red");
            requireTags(store, 2, "colour:green", "size:small");
        }
    }

    /** Then it is not known what the numbers in the records mean. */
    @ParameterizedTest
    @EnumSource
    void storeOpensBeforeTheGapWhereNoCopyIsLeft(Damage damage) {
        SimulatedDisk disk = closed();
        for (FrameHeader copy : copies(disk)) {
            damage(disk, copy.position(), copy.length(), damage);
        }

        try (TextStore store = TextStore.open(disk, DamagedStore.OPTIONS)) {
            assertThat(store.state()).isInstanceOf(StoreState.ReadOnly.class);
            assertThat(store.engine().snapshot().sequence()).isZero();
        }
    }

    /** A copy of fewer words must not pass for the whole, or numbers would be given twice. */
    @Test
    void copyOfFewerWordsDoesNotServe() {
        SimulatedDisk disk = closed();
        try (TextStore store = TextStore.open(disk, DamagedStore.OPTIONS)) {
            save(store, "a:1");
            store.engine().checkpoint();
        }
        List<FrameHeader> copies = copies(disk);
        for (FrameHeader copy : copies.subList(copies.size() - 2, copies.size())) {
            damage(disk, copy.position(), copy.length(), Damage.WORD);
        }

        try (TextStore store = TextStore.open(disk, DamagedStore.OPTIONS)) {
            assertThat(store.state()).isInstanceOf(StoreState.ReadOnly.class);
            assertThat(store.engine().snapshot().sequence()).isEqualTo(2);
        }
    }

    private static void requireTags(TextStore store, int version, String... tags) {
        Entity entity = store.engine().snapshot().version(KEY, version).orElseThrow();
        assertThat(entity.tags().keySet()).extracting(Tag::toString).containsExactly(tags);
    }

    private static void damage(SimulatedDisk disk, long position, int length, Damage damage) {
        byte[] bytes = disk.contents(StoreFiles.DATA);
        damage.to(bytes, (int) position, length);
        disk.replace(StoreFiles.DATA, bytes);
    }

    private static Header header(SimulatedDisk disk) {
        try (DiskFile file = disk.open(StoreFiles.DATA, Disk.Access.READ)) {
            return HeaderSlots.read(file).newest();
        }
    }

    /** The dictionary frames, in order. */
    private static List<FrameHeader> copies(SimulatedDisk disk) {
        Header header = header(disk);
        List<FrameHeader> found = new ArrayList<>();
        try (DiskFile file = disk.open(StoreFiles.DATA, Disk.Access.READ)) {
            file.map(file.size());
            FrameReader frames = new FrameReader(file, header.identity());
            for (long at = Header.DATA_OFFSET; at < header.dataEnd(); ) {
                FrameHeader frame = frames.peek(at, header.dataEnd());
                assertThat(frame).isNotNull();
                if (frame.type() == FrameType.DICTIONARY) {
                    found.add(frame);
                }
                at = frame.end();
            }
        }
        return found;
    }
}
