package io.entitydb.benchmark;

import java.util.Arrays;
import java.util.List;

/** What can be chosen to be measured, in the order in which it is. */
enum WorkGroup {
    /** Current versions by id. */
    R1,
    /** Pages by tag. */
    R2,
    /** Versions of the past. */
    R3,
    /** Commits of one version. */
    W1,
    /** Commits of many. */
    W2,
    /** Readers beside writers. */
    MIXED,
    /** Bytes that reach the disk. */
    WRITTEN,
    /** The search index beside commits, and made from nothing. */
    SEARCH,
    /** Opening, after closing and after a kill. */
    OPEN,
    /** Bytes that are allocated. */
    ALLOCATION,
    /** Few entities and versions, and many; for long. */
    SCALE,
    /** For very long. */
    SOAK;

    /** All that a run measures when nothing is said. */
    static List<WorkGroup> usual() {
        return Arrays.stream(values()).filter(group -> group != SCALE && group != SOAK).toList();
    }

    /** Whether it needs stores that are loaded. */
    boolean isCompared() {
        return switch (this) {
            case R1, R2, R3, W1, W2, MIXED, WRITTEN, SEARCH, OPEN -> true;
            case ALLOCATION, SCALE, SOAK -> false;
        };
    }
}
