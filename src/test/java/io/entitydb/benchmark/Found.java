package io.entitydb.benchmark;

import java.util.Set;

/** A version that was read: decoded, its content in memory. */
interface Found {

    /** Its tags. */
    Set<String> tags();

    /** Bytes of its content. */
    int length();

    /** A copy of its content. */
    byte[] content();
}
