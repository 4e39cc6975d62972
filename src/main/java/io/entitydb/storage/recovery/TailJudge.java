package io.entitydb.storage.recovery;

import io.entitydb.storage.header.Header;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.log.FrameRead;
import io.entitydb.storage.log.FrameReader;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;

/**
 * Decides whether a log that breaks off is torn or damaged.
 *
 * <p>A crash may leave anything in frames that were never forced: that is a torn tail, nothing
 * acknowledged was in it. A frame that was forced and is broken now is damage. Forced it was if the
 * header says so (the end that it knows lies beyond), or if any intact frame anywhere in the
 * allocated space says so (each names the highest frame that was forced when it was written).
 */
@RequiredArgsConstructor
final class TailJudge {

    private final DiskFile file;
    private final FrameReader frames;
    private final Header header;

    /**
     * The verdict.
     *
     * @param damage what proves damage; null if the tail is torn or clean
     * @param isBlank whether nothing but zeros follows
     */
    record Verdict(@Nullable String damage, boolean isBlank) {}

    /** Judges the place where a replay stopped, with all of the allocated space behind it. */
    Verdict judge(Replay replay, FrameRead.Broken stop, long limit) {
        long lost = replay.chain().frameNumber() + 1;
        TailEvidence evidence = TailEvidence.gather(file, frames, stop.position(), limit);
        long durable = Math.max(replay.durableFrame(), evidence.durableFrame());
        long generation = Math.max(replay.headerGeneration(), evidence.headerGeneration());
        String damage = null;
        if (stop.isUnreadable() || evidence.isUnreadable()) {
            damage = "the device cannot read it";
        } else if (stop.position() < header.dataEnd()) {
            damage = "the header knows durable frames up to " + header.dataEnd();
        } else if (durable >= lost) {
            damage = "frame " + lost + " was durable, a later frame says";
        } else if (generation > header.generation()) {
            damage =
                    "frames name header generation "
                            + generation
                            + ", newest is "
                            + header.generation();
        }
        return new Verdict(
                damage == null ? null : stop.reason() + ", but " + damage, evidence.isBlank());
    }
}
