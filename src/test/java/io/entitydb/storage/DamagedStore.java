package io.entitydb.storage;

import io.entitydb.entity.Entity;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.storage.log.FrameLayout;
import io.entitydb.storage.log.RecordLayout;
import io.entitydb.storage.log.VersionRecord;
import io.entitydb.storage.recovery.StoreFiles;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A store of which each version's place is known, so that a test can damage it. The entity {@code
 * a} has {@link #VERSIONS} versions, each followed by one of another entity.
 */
final class DamagedStore {

    static final int VERSIONS = 9;
    static final StorageOptions OPTIONS = SmallStore.options(Duration.ofHours(1));

    private final SimulatedDisk disk = new SimulatedDisk(5);
    private final List<Place> places = new ArrayList<>();

    /** Where a version stands, in the file and in time. */
    record Place(int number, long position, long sequence, long commitTime) {}

    /** What happens to a version's bytes. */
    enum Damage {
        /** One bit of the content. */
        CONTENT {
            @Override
            void to(byte[] bytes, Place place) {
                String whole = new String(bytes, StandardCharsets.ISO_8859_1);
                bytes[whole.indexOf(text(place.number()))] ^= 1;
            }
        },
        /** The pointer to the version before leads into nothing. */
        PREVIOUS {
            @Override
            void to(byte[] bytes, Place place) {
                bytes[(int) place.position() + RecordLayout.PREVIOUS_POSITION] ^= 8;
            }
        },
        /** Number and pointer to the version before are those of an earlier version. */
        OLDER_FIELDS {
            @Override
            void to(byte[] bytes, Place place) {
                long number = Math.max(1, place.number() - 2);
                ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
                fields.putLong((int) place.position() + RecordLayout.VERSION, number);
                bytes[(int) place.position() + RecordLayout.SEQUENCE] ^= 2;
            }
        },
        /** The length is hostile. */
        LENGTH {
            @Override
            void to(byte[] bytes, Place place) {
                ByteBuffer.wrap(bytes).putInt((int) place.position(), -1);
            }
        },
        /** The record is zeros. */
        RECORD {
            @Override
            void to(byte[] bytes, Place place) {
                int at = (int) place.position();
                Arrays.fill(bytes, at, at + RecordLayout.BODY, (byte) 0);
            }
        },
        /** The frame's header is zeros, and so is the record. */
        FRAME {
            @Override
            void to(byte[] bytes, Place place) {
                int at = (int) place.position();
                Arrays.fill(bytes, at - FrameLayout.HEADER_BYTES, at + RecordLayout.BODY, (byte) 0);
            }
        };

        abstract void to(byte[] bytes, Place place);

        /** Whether the frame still tells the version's place in time. */
        boolean leavesTime() {
            return this != FRAME;
        }
    }

    /** A store that is closed, so that an image of the index covers all of it. */
    static DamagedStore closed() {
        DamagedStore store = new DamagedStore();
        try (TextStore texts = store.open()) {
            store.fill(texts);
        }
        return store;
    }

    private void fill(TextStore texts) {
        for (int number = 1; number <= VERSIONS; number++) {
            long sequence = texts.save("a", text(number));
            VersionRecord record = newest(texts, "a");
            places.add(new Place(number, record.position(), sequence, record.commitTime()));
            texts.save("b" + number, "between " + number);
        }
    }

    static VersionRecord newest(TextStore texts, String id) {
        EngineSnapshot snapshot = (EngineSnapshot) texts.engine().snapshot();
        return Objects.requireNonNull(snapshot.newest(TextStore.key(id)));
    }

    static String text(int number) {
        return "text of version " + number;
    }

    static String textOf(Entity entity) {
        return new String(entity.content().bytes(), StandardCharsets.UTF_8);
    }

    SimulatedDisk disk() {
        return disk;
    }

    Place place(int number) {
        return places.get(number - 1);
    }

    /** Damages a version. */
    DamagedStore damage(int number, Damage damage) {
        byte[] bytes = disk.contents(StoreFiles.DATA);
        damage.to(bytes, place(number));
        disk.replace(StoreFiles.DATA, bytes);
        return this;
    }

    TextStore open() {
        return TextStore.open(disk, OPTIONS);
    }
}
