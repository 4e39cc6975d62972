package io.entitydb.storage.recovery;

import io.entitydb.storage.log.VersionStamp;

/**
 * Bytes of the log that cannot be read.
 *
 * @param from where they begin
 * @param to where they end
 * @param sequence the earliest transaction that can have stood there
 * @param commitTime the earliest time that it can have
 */
record LostStretch(long from, long to, long sequence, long commitTime) implements VersionStamp {

    @Override
    public long number() {
        return 1;
    }

    boolean holds(long position) {
        return position >= from && position < to;
    }
}
