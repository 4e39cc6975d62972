package io.entitydb.storage.io;

/** Kinds of calls that a {@link SimulatedDisk} tells apart. */
public enum DiskCall {
    CREATE_DIRECTORY(true),
    CREATE(true),
    WRITE(true),
    FORCE(true),
    RENAME(true),
    DELETE(true),
    FORCE_DIRECTORY(true),
    OPEN(false),
    MAP(false),
    READ(false),
    SIZE(false),
    LIST(false),
    LOCK(false);

    private final boolean isCounted;

    DiskCall(boolean isCounted) {
        this.isCounted = isCounted;
    }

    /** Whether it can change what a power cut leaves, and so has a number of its own. */
    public boolean isCounted() {
        return isCounted;
    }
}
