package io.entitydb.storage.index;

import java.util.concurrent.atomic.AtomicLongArray;

/** A hash table that looks right to one thread and has one flaw that readers beside it can see. */
final class FlawedIndex implements ConcurrentIndex {

    /** What is wrong with it. */
    enum Flaw {
        /** A reader may see an entry before its position. */
        HASH_BEFORE_POSITION,
        /** A reader may look into a table that is being rearranged. */
        RESIZES_IN_PLACE,
        /** A reader may look into a copy that is not complete. */
        PUBLISHES_BEFORE_COPYING
    }

    private static final int SMALLEST = 16;
    private static final int LARGEST = 1 << 16;

    private final Flaw flaw;
    private volatile Table table;
    private int size;

    FlawedIndex(Flaw flaw) {
        this.flaw = flaw;
        int room = flaw == Flaw.RESIZES_IN_PLACE ? LARGEST : SMALLEST;
        table = new Table(new AtomicLongArray(2 * room), SMALLEST);
    }

    private record Table(AtomicLongArray words, int slots) {

        int hashIndex(long hash, int probe) {
            return 2 * (int) ((hash + probe) & (slots - 1));
        }
    }

    @Override
    public long find(long hash, PositionTest isKey) {
        Table current = table;
        for (int probe = 0; probe < current.slots; probe++) {
            int at = current.hashIndex(hash, probe);
            long found = current.words.get(at);
            if (found == 0) {
                return 0;
            }
            long position = current.words.get(at + 1);
            if (found == hash && isKey.test(position)) {
                return position;
            }
        }
        return 0;
    }

    @Override
    public void insert(long hash, long position) {
        if (size == table.slots / 2) {
            grow();
        }
        add(table, hash, position);
        size++;
    }

    @Override
    public boolean replace(long hash, long previousPosition, long position) {
        Table current = table;
        for (int probe = 0; ; probe++) {
            int at = current.hashIndex(hash, probe);
            if (current.words.get(at) == hash && current.words.get(at + 1) == previousPosition) {
                current.words.set(at + 1, position);
                return true;
            }
        }
    }

    private void add(Table to, long hash, long position) {
        int probe = 0;
        while (to.words.get(to.hashIndex(hash, probe)) != 0) {
            probe++;
        }
        int at = to.hashIndex(hash, probe);
        if (flaw == Flaw.HASH_BEFORE_POSITION) {
            to.words.set(at, hash);
            to.words.set(at + 1, position);
        } else {
            to.words.set(at + 1, position);
            to.words.set(at, hash);
        }
    }

    private void grow() {
        Table old = table;
        long[] entries = new long[2 * old.slots];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = old.words.get(i);
            if (flaw == Flaw.RESIZES_IN_PLACE) {
                old.words.set(i, 0);
            }
        }
        int slots = 2 * old.slots;
        boolean isInPlace = flaw == Flaw.RESIZES_IN_PLACE;
        Table next = new Table(isInPlace ? old.words : new AtomicLongArray(2 * slots), slots);
        if (flaw != Flaw.HASH_BEFORE_POSITION) {
            table = next;
        }
        for (int i = 0; i < entries.length; i += 2) {
            if (entries[i] != 0) {
                add(next, entries[i], entries[i + 1]);
            }
        }
        table = next;
    }
}
