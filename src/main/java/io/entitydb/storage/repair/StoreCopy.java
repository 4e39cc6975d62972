package io.entitydb.storage.repair;

/**
 * A data file that may help to repair another one: a backup or a copy of it.
 *
 * @param label how messages name it
 * @param place where it lies
 */
public record StoreCopy(String label, StorePlace place) {}
