package io.entitydb.storage.repair;

/** What came of a step of a scrub. */
public sealed interface ScrubStep {

    /**
     * Something was read, and reported if it was not as it should be.
     *
     * @param bytes how much
     */
    record Passed(long bytes) implements ScrubStep {}

    /** Everything up to the limit was read. */
    record AtLimit() implements ScrubStep {}

    /** Something does not verify, or did not at that moment; nothing was done. */
    record Doubtful() implements ScrubStep {}
}
