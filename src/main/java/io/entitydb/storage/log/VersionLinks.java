package io.entitydb.storage.log;

import io.entitydb.entity.EntityKey;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;

/** Checks where the pointers of versions lead. Thread-safe. */
@RequiredArgsConstructor
public final class VersionLinks {

    private final Reader reader;

    /**
     * Follows the pointers of a version one step. Versions may be missing in between: a repair
     * leaves out what it cannot read.
     *
     * @param previous what its previous position leads to
     * @return what is wrong with them; null if nothing is
     * @throws io.entitydb.storage.error.CorruptDataException if the jump leads to no intact version
     */
    public @Nullable String problemOf(VersionRecord at, VersionRecord previous, EntityKey key) {
        if (previous.number() >= at.number() || previous.sequence() >= at.sequence()) {
            return "version %d of transaction %d".formatted(previous.number(), previous.sequence());
        }
        if (!previous.isOf(key, reader.dictionary())) {
            return "a version of another entity";
        }
        if (at.jumpPosition() == 0 || at.jumpPosition() == at.previousPosition()) {
            return null;
        }
        VersionRecord far = reader.readVersion(at.jumpPosition());
        long target = JumpPointers.targetOf(at.number());
        if (far.number() != target) {
            return "a jump to version %d instead of %d".formatted(far.number(), target);
        }
        return far.isOf(key, reader.dictionary()) ? null : "a jump to another entity";
    }
}
