package io.entitydb.storage.recovery;

/**
 * How a store is recovered.
 *
 * @param isReadOnly nothing is changed
 * @param growthBytes size of the log of a store that is made
 * @param isInterval whether it is going to be written with interval durability
 */
public record RecoveryOptions(boolean isReadOnly, long growthBytes, boolean isInterval) {}
