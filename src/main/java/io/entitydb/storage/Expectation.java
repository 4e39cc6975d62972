package io.entitydb.storage;

import io.entitydb.entity.EntityKey;

/**
 * What a transaction relies on: that an entity's newest version is still the one it saw.
 *
 * @param key the entity
 * @param hash its key's hash in the entity index
 * @param position record of the newest version; 0 if the entity never existed
 * @param isErased whether that version was erased when the transaction saw it
 */
record Expectation(EntityKey key, long hash, long position, boolean isErased) {}
