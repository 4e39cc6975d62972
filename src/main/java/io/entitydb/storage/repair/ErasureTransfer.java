package io.entitydb.storage.repair;

import io.entitydb.storage.erase.LedgerMerge;
import io.entitydb.storage.erase.LedgerReading;
import io.entitydb.storage.io.Disk;

import java.util.UUID;

/** Carries the erasures of a store from one directory to another. */
public final class ErasureTransfer {

    private ErasureTransfer() {}

    /** Whether a directory has a ledger of erasures. */
    public static boolean isPossibleFrom(Disk directory) {
        return directory.list().contains(LedgerReading.FILE);
    }

    /**
     * Brings all erasures of a directory to another one, which keeps those that it has. When this
     * returns, the other directory durably has a ledger, if only an empty one.
     *
     * @return erasures in the ledger
     * @throws io.entitydb.storage.error.CorruptDataException if a ledger is damaged, or another
     *     store's
     */
    public static long run(Disk from, Disk to, UUID storeId) {
        return new LedgerMerge(to, storeId).run(LedgerReading.of(from));
    }

    /** Makes sure that a directory has a ledger, if only an empty one. */
    public static long begin(Disk directory, UUID storeId) {
        return new LedgerMerge(directory, storeId).run(null);
    }
}
