package io.entitydb.storage.recovery;

import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.log.FrameHeader;
import io.entitydb.storage.log.FrameLayout;
import io.entitydb.storage.log.FrameReader;
import io.entitydb.storage.log.FrameSearch;

/**
 * What intact frame headers behind the end of a log say.
 *
 * @param durableFrame highest frame that one of them knows to be forced; 0 if there is none
 * @param headerGeneration highest header generation that one of them names
 * @param isBlank whether there is nothing but zeros
 * @param isUnreadable whether the device could not read some of it
 */
public record TailEvidence(
        long durableFrame, long headerGeneration, boolean isBlank, boolean isUnreadable) {

    /** Reads all that follows a position. */
    public static TailEvidence gather(DiskFile file, FrameReader frames, long from, long limit) {
        FrameSearch search = new FrameSearch(file, frames, from, limit);
        TailEvidence evidence = new TailEvidence(0, 0, true, false);
        FrameSearch.Found found = search.next(from);
        evidence = evidence.with(found);
        while (found.header() != null) {
            found = search.next(found.header().position() + FrameLayout.ALIGNMENT);
            evidence = evidence.with(found);
        }
        return evidence;
    }

    private TailEvidence with(FrameSearch.Found found) {
        FrameHeader header = found.header();
        return new TailEvidence(
                header == null ? durableFrame : Math.max(durableFrame, header.durableFrame()),
                header == null
                        ? headerGeneration
                        : Math.max(headerGeneration, header.headerGeneration()),
                isBlank && found.isBlank() && header == null,
                isUnreadable || found.isUnreadable());
    }
}
