package io.entitydb.storage;

/**
 * What an erasure did.
 *
 * @param version the newest version that is erased, with all before it
 * @param versions how many versions it erased; 0 if all had been erased before
 * @param sequence the last transaction before it
 */
public record ErasedEntity(long version, long versions, long sequence) {}
