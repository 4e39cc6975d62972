package io.entitydb.storage.log;

/** What tells a version's place in time. Of two versions of an entity all three agree. */
public interface VersionStamp {

    /** Number of the version, from 1 on. */
    long number();

    /** Sequence of its transaction. */
    long sequence();

    /** Its commit time, in nanoseconds since 1970. */
    long commitTime();
}
