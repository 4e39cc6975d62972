package io.entitydb.storage.log;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.DamagedPlace;

import org.jspecify.annotations.Nullable;

import java.util.function.LongFunction;
import java.util.function.Predicate;

/**
 * Walks from an entity's newest version to earlier ones, around those that are damaged. It never
 * passes over a version that may be the answer: where that is damaged, the walk ends in an error.
 * Thread-safe.
 */
public final class VersionChain {

    private final Reader reader;
    private final Detours detours;
    private final LongFunction<@Nullable VersionStamp> lost;

    /** A walk over a file. */
    public VersionChain(Reader reader) {
        this(reader, position -> null);
    }

    /**
     * A walk over a file of which some stretches are known to be lost.
     *
     * @param lost the earliest place in time that a record at a position can have; null where
     *     nothing is known to be lost
     */
    public VersionChain(Reader reader, LongFunction<@Nullable VersionStamp> lost) {
        this.reader = reader;
        this.lost = lost;
        detours = new Detours(reader);
    }

    /** The earliest place in time that a version can have. */
    private record Stamp(long number, long sequence, long commitTime) implements VersionStamp {

        private static final Stamp FIRST = new Stamp(1, 1, 0);

        private static Stamp after(VersionStamp before) {
            return new Stamp(
                    later(before.number()), later(before.sequence()), later(before.commitTime()));
        }

        /** The next number; of the highest, itself. */
        private static long later(long value) {
            return Math.max(value, value + 1);
        }
    }

    /**
     * The newest version that is old enough, in O(log n) steps.
     *
     * @param from where the walk begins
     * @param isOldEnough once true for a version, true for all earlier ones
     * @return null if even the first version is not old enough
     * @throws CorruptDataException if that version is damaged, or may be
     */
    public @Nullable VersionRecord newest(VersionRecord from, Predicate<VersionStamp> isOldEnough) {
        VersionRecord at = from;
        while (at != null && !isOldEnough.test(at)) {
            if (at.previousPosition() == 0) {
                return null;
            }
            VersionRecord far = jump(at, reader::readVersion);
            at = far != null && !isOldEnough.test(far) ? far : before(at, isOldEnough);
        }
        return at;
    }

    /**
     * As {@link #newest(VersionRecord, Predicate)}, for an entity whose newest version is damaged.
     *
     * @param position its record
     * @param damage what was found there
     */
    public @Nullable VersionRecord newestBefore(
            EntityKey key,
            long position,
            CorruptDataException damage,
            Predicate<VersionStamp> isOldEnough) {
        VersionRecord before = around(new Detours.Damaged(key, position, 0), damage, isOldEnough);
        return before == null ? null : newest(before, isOldEnough);
    }

    /**
     * The version before a given one, which must have a previous position. Its number is lower by
     * one, or by more where a repair gave versions up.
     *
     * @throws CorruptDataException if it is damaged
     */
    public VersionRecord previous(VersionRecord at) {
        try {
            return stepBack(at);
        } catch (CorruptDataException e) {
            throw refusal(damagedBefore(at), e, at.number() - 1);
        }
    }

    /**
     * Position of the record that the version after a given one jumps to; 0 if that cannot be told
     * because a version in between is damaged.
     *
     * @param newest the newest version of its entity
     */
    public long jumpPositionAfter(VersionRecord newest) {
        long target = JumpPointers.targetOf(newest.number() + 1);
        if (target == newest.number()) {
            return newest.position();
        }
        VersionRecord far = target == 0 ? null : jump(newest, reader::readHead);
        return far == null ? 0 : far.jumpPosition();
    }

    /** Where a version jumps to; null if it does not, or if that version is damaged. */
    private @Nullable VersionRecord jump(VersionRecord at, LongFunction<VersionRecord> reading) {
        if (at.jumpPosition() == 0) {
            return null;
        }
        long number = JumpPointers.targetOf(at.number());
        try {
            VersionRecord far = reading.apply(at.jumpPosition());
            return requireEarlier(at, far, far.number() == number);
        } catch (CorruptDataException e) {
            Detours.Damaged damaged =
                    new Detours.Damaged(at.key(reader.dictionary()), at.jumpPosition(), number);
            reader.damaged(placeOf(damaged, e, number));
            return null;
        }
    }

    private @Nullable VersionRecord before(VersionRecord at, Predicate<VersionStamp> isOldEnough) {
        try {
            return stepBack(at);
        } catch (CorruptDataException e) {
            return around(damagedBefore(at), e, isOldEnough);
        }
    }

    private Detours.Damaged damagedBefore(VersionRecord at) {
        return new Detours.Damaged(
                at.key(reader.dictionary()), at.previousPosition(), at.number() - 1);
    }

    /** The version before a damaged one, if that one is certainly not old enough. */
    private @Nullable VersionRecord around(
            Detours.Damaged damaged,
            CorruptDataException damage,
            Predicate<VersionStamp> isOldEnough) {
        return switch (detours.before(damaged)) {
            case Predecessor.Unknown unknown -> {
                if (isOldEnough.test(own(damaged, Stamp.FIRST))) {
                    throw refusal(damaged, damage, damaged.number());
                }
                throw refusal(damaged, because(damage, unknown.reason()), damaged.number());
            }
            case Predecessor.None none -> {
                if (isOldEnough.test(own(damaged, Stamp.FIRST))) {
                    throw refusal(damaged, damage, 1);
                }
                reader.damaged(placeOf(damaged, damage, 1));
                yield null;
            }
            case Predecessor.Found found -> {
                VersionRecord before = reader.readVersion(found.position());
                Stamp next = Stamp.after(before);
                long number = found.isImmediate() ? next.number() : damaged.number();
                boolean mayBeAnswer =
                        isOldEnough.test(own(damaged, next))
                                || (!found.isImmediate() && isOldEnough.test(next));
                if (mayBeAnswer) {
                    throw refusal(damaged, damage, number);
                }
                reader.damaged(placeOf(damaged, damage, number));
                yield before;
            }
        };
    }

    /** The place of a damaged version in time, or the earliest that it can have. */
    private Stamp own(Detours.Damaged damaged, Stamp earliest) {
        FrameHeader frame = detours.frameOf(damaged.position());
        long number = Math.max(damaged.number(), earliest.number());
        if (frame != null) {
            return new Stamp(number, frame.sequence(), frame.commitTime());
        }
        VersionStamp known = lost.apply(damaged.position());
        return known == null
                ? new Stamp(number, earliest.sequence(), earliest.commitTime())
                : new Stamp(
                        number,
                        Math.max(earliest.sequence(), known.sequence()),
                        Math.max(earliest.commitTime(), known.commitTime()));
    }

    private static CorruptDataException because(CorruptDataException damage, String reason) {
        return new CorruptDataException(
                damage.file(), damage.position(), damage.reason() + "; " + reason);
    }

    private CorruptDataException refusal(
            Detours.Damaged damaged, CorruptDataException damage, long number) {
        return new CorruptDataException(placeOf(damaged, damage, number));
    }

    private DamagedPlace placeOf(
            Detours.Damaged damaged, CorruptDataException damage, long number) {
        FrameHeader frame = detours.frameOf(damaged.position());
        return DamagedPlace.of(damage, DamagedPlace.Part.VERSION, DamagedPlace.Finder.READ)
                .toBuilder()
                .position(damaged.position())
                .key(damaged.key())
                .version(number)
                .sequence(frame == null ? 0 : frame.sequence())
                .build();
    }

    private VersionRecord stepBack(VersionRecord at) {
        VersionRecord next = reader.readVersion(at.previousPosition());
        return requireEarlier(at, next, next.number() < at.number());
    }

    /**
     * Numbers fall with every step, so a chain that was bent into a circle is noticed, and so is
     * one that leads to another entity.
     */
    private VersionRecord requireEarlier(VersionRecord at, VersionRecord next, boolean isExpected) {
        if (!isExpected
                || next.sequence() >= at.sequence()
                || !next.isOfEntityOf(at, reader.dictionary())) {
            throw next.raw()
                    .corrupt(
                            "version chain leads from version "
                                    + at.number()
                                    + " to "
                                    + next.number());
        }
        return next;
    }
}
