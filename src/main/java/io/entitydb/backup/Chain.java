package io.entitydb.backup;

import io.entitydb.storage.header.Header;

import java.util.List;

/**
 * A full backup and the increments that continue it, without gaps.
 *
 * @param parts the full one first
 */
record Chain(List<BackupFile> parts) {

    /** Copies the list. */
    Chain {
        parts = List.copyOf(parts);
    }

    BackupFile full() {
        return parts.getFirst();
    }

    BackupFile last() {
        return parts.getLast();
    }

    int increments() {
        return parts.size() - 1;
    }

    /** The header at its end. */
    Header end() {
        return last().to();
    }

    /** The same, cut off behind a part of it. */
    Chain until(BackupFile part) {
        return new Chain(parts.subList(0, parts.indexOf(part) + 1));
    }
}
