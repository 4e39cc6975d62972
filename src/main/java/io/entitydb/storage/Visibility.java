package io.entitydb.storage;

/**
 * What readers may see of a store: up to where, and at which instants.
 *
 * @param clock gives commit times
 * @param published the newest state
 */
record Visibility(CommitClock clock, Published published) {}
