package io.entitydb.storage.index;

/** The rule for positions of records and frames in the log. */
final class LogPosition {

    /** Before it stand the two slots of the file's header. */
    static final long FIRST = 8192;

    private LogPosition() {}

    /** Whether something can stand there: behind the header, at a multiple of eight. */
    static boolean isPossible(long position) {
        return position >= FIRST && position % Long.BYTES == 0;
    }
}
