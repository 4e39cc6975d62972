package io.entitydb.storage.repair;

import io.entitydb.storage.header.Header;
import io.entitydb.storage.log.FrameHeader;

import lombok.RequiredArgsConstructor;

/**
 * Tells whether a frame that does not verify was durable once: the header says so, or any intact
 * frame header behind it. Otherwise it is a torn tail, in which nothing was acknowledged. The same
 * rule as at opening; without a header, where one witness is missing, everything counts as durable.
 */
@RequiredArgsConstructor
final class TailEvidence {

    private final SourceFile source;
    private boolean isWalked;
    private long durableFrame;
    private long headerGeneration;

    /**
     * Whether the frame was durable.
     *
     * @param position where it stands, or should
     */
    boolean isDurable(long position, long frameNumber) {
        Header header = source.origin().header();
        if (header == null || position < header.dataEnd()) {
            return true;
        }
        walk(position);
        return durableFrame >= frameNumber || headerGeneration > header.generation();
    }

    private void walk(long position) {
        if (isWalked) {
            return;
        }
        isWalked = true;
        FrameWalk walk = new FrameWalk(source, position);
        FrameHeader found = walk.header();
        while (found != null) {
            durableFrame = Math.max(durableFrame, found.durableFrame());
            headerGeneration = Math.max(headerGeneration, found.headerGeneration());
            walk.moveTo(found.end());
            found = walk.header();
        }
    }
}
