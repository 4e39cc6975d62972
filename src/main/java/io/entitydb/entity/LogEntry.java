package io.entitydb.entity;

/** What a log tells, one after the other: commits, and what happened to history afterwards. */
public sealed interface LogEntry permits Commit, Erasure, Loss {

    /** The last transaction up to here. */
    long sequence();
}
