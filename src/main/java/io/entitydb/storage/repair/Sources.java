package io.entitydb.storage.repair;

import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.recovery.StoreFiles;

import java.util.ArrayList;
import java.util.List;

/**
 * The files that a repair reads.
 *
 * @param primary the damaged one
 * @param copies others of the same store
 * @param erasures what the store has erased
 */
record Sources(SourceFile primary, List<SourceFile> copies, Erasures erasures)
        implements AutoCloseable {

    /** Copies the list. */
    Sources {
        copies = List.copyOf(copies);
    }

    /**
     * Opens all of them.
     *
     * @throws io.entitydb.storage.error.RecoveryFailedException if a copy is of another store
     */
    static Sources open(Disk disk, List<StoreCopy> copies) {
        List<SourceFile> opened = new ArrayList<>();
        try {
            SourceFile primary =
                    SourceFile.open(new StorePlace(disk, StoreFiles.DATA), StoreFiles.DATA);
            opened.add(primary);
            for (StoreCopy copy : copies) {
                SourceFile other = SourceFile.open(copy.place(), copy.label());
                opened.add(other);
                primary.recognise(other);
            }
            return new Sources(primary, opened.subList(1, opened.size()), Erasures.of(disk));
        } catch (StorageException e) {
            opened.forEach(SourceFile::close);
            throw e;
        }
    }

    /** The damaged file, then the copies. */
    List<SourceFile> all() {
        List<SourceFile> all = new ArrayList<>();
        all.add(primary);
        all.addAll(copies);
        return all;
    }

    @Override
    public void close() {
        all().forEach(SourceFile::close);
    }
}
