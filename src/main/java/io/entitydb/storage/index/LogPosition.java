package io.entitydb.storage.index;

import io.entitydb.storage.header.Header;

/** The rule for positions of records and frames in the log. */
final class LogPosition {

    private LogPosition() {}

    /** Whether something can stand there: behind the header, at a multiple of eight. */
    static boolean isPossible(long position) {
        return position >= Header.DATA_OFFSET && position % Long.BYTES == 0;
    }
}
