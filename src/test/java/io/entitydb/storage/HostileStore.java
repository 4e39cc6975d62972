package io.entitydb.storage;

import io.entitydb.storage.log.ForgedStore;

import org.jspecify.annotations.Nullable;

import java.util.function.UnaryOperator;

/** A golden store that is forged again and again, and read each time. */
final class HostileStore {

    private final GoldenFile file;
    private final ForgedStore forged;
    private final HostileReading reading;
    private final AllocationBound bound;

    private HostileStore(GoldenFile file) {
        this.file = file;
        forged = new ForgedStore(file.data());
        reading = new HostileReading(new FlipCheck(file).golden().versions().keySet());
        bound = AllocationBound.of(() -> reading.read(file.data(), file.image()));
        if (reading.isNoticed()) {
            throw new IllegalStateException(file + " is damaged");
        }
    }

    /** Numbers that decoders stumble over. */
    static long[] hostileNumbers() {
        long ascii = 0x6465_7461_4461_7461L;
        return new long[] {
            0,
            1,
            -1,
            7,
            8191,
            0x7fff_ffffL,
            0x8000_0000L,
            0xffff_fff8L,
            0xffff_ffffL,
            0x1_0000_0000L,
            Long.MAX_VALUE,
            Long.MAX_VALUE - 7,
            Long.MIN_VALUE,
            ascii
        };
    }

    static HostileStore of(String name) {
        return new HostileStore(GoldenFile.of(name));
    }

    /** The undamaged store, to find places in. */
    ForgedStore undamaged() {
        return forged;
    }

    /** Reads the forged store with its index and without; whether both met what they refused. */
    boolean isNoticed(UnaryOperator<ForgedStore> forge) {
        byte[] data = forge.apply(forged.copy()).repaired();
        boolean isNoticedWithIndex = isNoticed(data, file.image());
        return isNoticed(data, null) && isNoticedWithIndex;
    }

    private boolean isNoticed(byte[] data, byte @Nullable [] image) {
        bound.begin();
        reading.read(data, image);
        bound.check();
        return reading.isNoticed();
    }
}
