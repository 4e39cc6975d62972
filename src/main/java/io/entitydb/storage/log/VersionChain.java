package io.entitydb.storage.log;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;

import java.util.function.Predicate;

/** Walks from an entity's newest version to earlier ones. Thread-safe. */
@RequiredArgsConstructor
public final class VersionChain {

    private final Reader reader;

    /**
     * The newest version that is old enough, in O(log n) steps.
     *
     * @param from where the walk begins
     * @param isOldEnough once true for a version, true for all earlier ones
     * @return null if even the first version is not old enough
     */
    public @Nullable VersionRecord newest(
            VersionRecord from, Predicate<VersionRecord> isOldEnough) {
        VersionRecord at = from;
        while (!isOldEnough.test(at)) {
            if (at.previousPosition() == 0) {
                return null;
            }
            VersionRecord far = at.jumpPosition() == 0 ? null : jump(at);
            at = far != null && !isOldEnough.test(far) ? far : previous(at);
        }
        return at;
    }

    /**
     * The version before a given one, which must have a previous position.
     *
     * @throws io.entitydb.storage.error.CorruptDataException if the chain is broken
     */
    public VersionRecord previous(VersionRecord at) {
        return step(at, at.previousPosition(), at.number() - 1);
    }

    /**
     * Position of the record that the version after a given one jumps to.
     *
     * @param newest the newest version of its entity
     */
    public long jumpPositionAfter(VersionRecord newest) {
        long target = JumpPointers.targetOf(newest.number() + 1);
        if (target == newest.number()) {
            return newest.position();
        }
        return target == 0 || newest.jumpPosition() == 0 ? 0 : jump(newest).jumpPosition();
    }

    private VersionRecord jump(VersionRecord at) {
        return step(at, at.jumpPosition(), JumpPointers.targetOf(at.number()));
    }

    /** Numbers fall with every step, so a chain that was bent into a circle is noticed. */
    private VersionRecord step(VersionRecord at, long position, long number) {
        VersionRecord next = reader.readVersion(position);
        if (next.number() != number || next.sequence() >= at.sequence()) {
            throw next.raw()
                    .corrupt(
                            "version chain leads from version "
                                    + at.number()
                                    + " to "
                                    + next.number()
                                    + ", expected was "
                                    + number);
        }
        return next;
    }
}
