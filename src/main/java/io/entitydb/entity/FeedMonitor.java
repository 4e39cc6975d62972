package io.entitydb.entity;

/** Figures of those who follow the changes. Thread-safe; cheap to read. */
public interface FeedMonitor {

    /** How many clients follow them at present, live or waiting for a page. */
    int live();

    /** How many changes were told to live clients since the service was started. */
    long told();
}
