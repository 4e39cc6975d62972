package io.entitydb.storage.index;

import io.entitydb.entity.EntityKey;

import java.util.UUID;

/** Ways to hash a key: the real one, and those that make the index's life hard. */
enum Hashing {
    SIP(20_000, 100_000) {
        @Override
        long hash(int key) {
            return SIP_HASH.of(new EntityKey("model", Integer.toString(key)));
        }
    },
    /** Many keys share each hash, and hashes differ in the segment and in the home slot. */
    FEW_HASHES(400, 20_000) {
        @Override
        long hash(int key) {
            return KeyHash.neverZero((long) (key % 5) << 61 | key % 7);
        }
    },
    /** All keys share one hash. */
    ONE_HASH(150, 5_000) {
        @Override
        long hash(int key) {
            return -1;
        }
    },
    /** All keys live in one segment. */
    ONE_SEGMENT(20_000, 100_000) {
        @Override
        long hash(int key) {
            return SIP.hash(key) >>> 8 | 0xabL << 56;
        }
    },
    /** Different hashes with the same home slot, near the end of the table: long probes. */
    ONE_HOME(150, 5_000) {
        @Override
        long hash(int key) {
            return (long) key << 20 | 0xffffe;
        }
    };

    private static final KeyHash SIP_HASH = new KeyHash(new UUID(1, 2));

    private final int keys;
    private final int operations;

    Hashing(int keys, int operations) {
        this.keys = keys;
        this.operations = operations;
    }

    abstract long hash(int key);

    /** How many keys a test may use without becoming slow. */
    int keys() {
        return keys;
    }

    int operations() {
        return operations;
    }
}
