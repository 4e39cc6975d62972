package io.entitydb.storage.header;

import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.StorageException;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;

/**
 * The one owner of the current header: everybody may read it, and only {@link #update} changes it.
 *
 * <p>Thread-safe. {@link #current} and the two counters never wait; {@link #update}, {@link
 * #snapshot} and {@link #restore} share one lock, which an update holds until its header is forced.
 */
public final class HeaderSync {

    /*
     * Why it is safe
     *
     * Two slots. A slot write that a crash tears leaves the other slot as it was, so at every
     * moment one slot holds a header that was forced. Slots alternate with the generation. An
     * attempt that failed may have landed whole; so the next one goes to the same slot, and never
     * over the header that is current in memory. Its generation grows by two: the slot stays, and
     * the new bytes differ from the ones that may lie there.
     *
     * Swap after force. Readers see a header only when it survives power loss. Were it swapped
     * first, a failed force would leave decisions based on a header that the next opening does not
     * find. A change that is refused or fails leaves the old value, which still is true.
     *
     * One immutable value. A header is a record whose constructor checks the rules, read and
     * written through one volatile field. A reader gets all fields of one publication or all of
     * another; the volatile write makes visible what happened before it, the force included.
     * Fields of two publications can be mixed only by reading the field twice, so each method
     * reads it once.
     *
     * Counters. walSequence and entityCount run ahead of the header while transactions are on
     * their way to the disk. They are atomics of their own, because numbering a transaction must
     * not wait for a force. The counter walSequence is raised before the header is swapped: it is
     * never below the published one.
     *
     * One thread may not enter twice. An update inside an update would be overwritten by the outer
     * one, which computed from the older header; the lock refuses it.
     */

    private final HeaderSink sink;
    private final MeasuredLock lock = new MeasuredLock();
    private final AtomicLong walSequence;
    private final AtomicLong entityCount;
    private final Checks walOffsetChecks = new Checks(HeaderRule.WAL_OFFSET);
    private final Checks tagDictOffsetChecks = new Checks(HeaderRule.TAG_DICT_OFFSET);
    private final LongAdder published = new LongAdder();
    private final LongAdder publishFailed = new LongAdder();
    private final LongAdder refusedUpdates = new LongAdder();

    private volatile Header current;

    /** Generation of the next attempt; guarded by the lock. */
    private long nextGeneration;

    /**
     * Starts from the header that the file holds.
     *
     * @param initial the newest valid header of the file
     * @param sink where headers are published; called by one thread at a time
     */
    public HeaderSync(Header initial, HeaderSink sink) {
        this.sink = sink;
        this.current = initial;
        this.nextGeneration = initial.generation() + 1;
        this.walSequence = new AtomicLong(initial.walSequence());
        this.entityCount = new AtomicLong(initial.entityCount());
    }

    /** The header published last. Never waits. */
    public Header current() {
        return current;
    }

    /**
     * Numbers a transaction: one more than the number given last. Never waits.
     *
     * @throws ArithmeticException after 2⁶³ − 1 transactions
     */
    public long nextWalSequence() {
        return walSequence.updateAndGet(Math::incrementExact);
    }

    /** The number given last. Never waits. */
    public long walSequence() {
        return walSequence.get();
    }

    /** Living entities, counting transactions that are not published yet. Never waits. */
    public long entityCount() {
        return entityCount.get();
    }

    /**
     * Adds to the living entities and returns how many there are. Never waits.
     *
     * @param delta entities that appeared, less those that went
     * @throws HeaderUpdateRefusedException if there would be fewer than none; nothing changed then
     */
    public long addEntities(long delta) {
        return entityCount.updateAndGet(count -> requireCount(count, delta));
    }

    /**
     * Where replay starts, checked before it is told. Never waits.
     *
     * @throws CorruptDataException if the header in memory is damaged
     */
    public long walOffset() {
        Header header = current;
        walOffsetChecks.require(header);
        return header.walOffset();
    }

    /**
     * Where the newest dictionary frame is, checked before it is told. Never waits.
     *
     * @throws CorruptDataException if the header in memory is damaged
     */
    public long tagDictOffset() {
        Header header = current;
        tagDictOffsetChecks.require(header);
        return header.tagDictOffset();
    }

    /**
     * Replaces the header by one computed from it. When this returns, the new header survives power
     * loss and everybody sees it; when this throws, nothing changed.
     *
     * @param change gets the current header and gives back the next one, with the generation
     *     unchanged; called once, under the lock
     * @return the header as published, with its generation
     * @throws HeaderUpdateRefusedException if the next header breaks a rule
     * @throws StorageException if it could not be published; an update may be tried again after a
     *     failed write, never after a failed force
     */
    public Header update(UnaryOperator<Header> change) {
        lock.acquire();
        try {
            Header next = apply(change);
            publish(next);
            walSequence.accumulateAndGet(next.walSequence(), Math::max);
            current = next;
            return next;
        } finally {
            lock.release();
        }
    }

    /**
     * The header with both counters. Waits for a running update. The counters are read one after
     * the other: whoever moves them takes the snapshot too.
     */
    public HeaderSnapshot snapshot() {
        lock.acquire();
        try {
            return new HeaderSnapshot(current, walSequence.get(), entityCount.get());
        } finally {
            lock.release();
        }
    }

    /**
     * Sets the counters back to a snapshot, for transactions that were numbered and then given up.
     *
     * @throws HeaderUpdateRefusedException if a header was published since; nothing changed then
     */
    public void restore(HeaderSnapshot snapshot) {
        lock.acquire();
        try {
            if (!current.equals(snapshot.header())) {
                throw refused(
                        "snapshot-is-current",
                        "generation %d was published after %d"
                                .formatted(current.generation(), snapshot.header().generation()));
            }
            walSequence.set(snapshot.walSequence());
            entityCount.set(snapshot.entityCount());
        } finally {
            lock.release();
        }
    }

    /** What was counted so far; each figure is exact, all together are not of one moment. */
    public HeaderCounters counters() {
        return new HeaderCounters(
                walOffsetChecks.valid.sum(),
                walOffsetChecks.invalid.sum(),
                tagDictOffsetChecks.valid.sum(),
                tagDictOffsetChecks.invalid.sum(),
                published.sum(),
                publishFailed.sum(),
                refusedUpdates.sum(),
                lock.acquired(),
                lock.contended(),
                lock.waitNanos());
    }

    private Header apply(UnaryOperator<Header> change) {
        Header before = current;
        try {
            Header after = change.apply(before);
            HeaderTransition.requireAll(before, after);
            return after.withGeneration(nextGeneration);
        } catch (HeaderRuleException e) {
            refusedUpdates.increment();
            walOffsetChecks.countRefusal(e);
            tagDictOffsetChecks.countRefusal(e);
            throw new HeaderUpdateRefusedException(e);
        }
    }

    private void publish(Header next) {
        // Assumed to have failed until it has not: also what no catch clause sees counts as tried.
        nextGeneration = next.generation() + 2;
        try {
            sink.publish(next);
        } catch (StorageException e) {
            publishFailed.increment();
            throw e;
        }
        published.increment();
        nextGeneration = next.generation() + 1;
    }

    private long requireCount(long count, long delta) {
        long sum = count + delta;
        if (sum < 0) {
            throw refused("entity-count-not-negative", count + " entities, " + delta + " added");
        }
        return sum;
    }

    private HeaderUpdateRefusedException refused(String rule, String detail) {
        refusedUpdates.increment();
        return new HeaderUpdateRefusedException(rule, detail);
    }

    /** The checks of one offset, and what they found. */
    private static final class Checks {

        private final List<HeaderRule> rules;
        private final LongAdder valid = new LongAdder();
        private final LongAdder invalid = new LongAdder();

        private Checks(List<HeaderRule> rules) {
            this.rules = rules;
        }

        private void require(Header header) {
            HeaderRule.firstBroken(rules, header)
                    .ifPresent(
                            rule -> {
                                invalid.increment();
                                throw new CorruptDataException(
                                        "header in memory", 0, rule.brokenBy(header).reason());
                            });
            valid.increment();
        }

        private void countRefusal(HeaderRuleException refusal) {
            if (rules.stream().anyMatch(rule -> rule.name().equals(refusal.rule()))) {
                invalid.increment();
            }
        }
    }
}
