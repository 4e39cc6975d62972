package io.entitydb.cli;

/** What a command leaves behind for scripts. */
final class ExitCode {

    /** Done, and all is well. */
    static final int SOUND = 0;

    /** Done, and something is damaged or lost. */
    static final int DAMAGED = 1;

    /** The command line makes no sense; nothing was done. */
    static final int USAGE = 2;

    /** The store cannot be opened: missing, in use, of another format, or not readable. */
    static final int NOT_OPENED = 3;

    /** A fault of the program, or too little memory. */
    static final int INTERNAL = 4;

    private ExitCode() {}
}
