package io.entitydb.storage.erase;

import io.entitydb.entity.EntityKey;

/**
 * An erasure as the ledger has it: the versions of an entity up to a number that were committed by
 * a time. The time keeps a later life apart that has the same numbers, in a store that was put back
 * to an earlier state.
 *
 * @param number 1, 2, 3 … within the ledger, without gaps
 * @param key the entity
 * @param version the newest version that is erased, with all before it
 * @param at when it was asked for, in nanoseconds since 1970; not before the commit of that version
 * @param principal who asked for it
 */
public record LedgerEntry(long number, EntityKey key, long version, long at, String principal) {}
