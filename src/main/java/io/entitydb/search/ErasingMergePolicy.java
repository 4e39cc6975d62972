package io.entitydb.search;

import org.apache.lucene.index.FilterMergePolicy;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.TieredMergePolicy;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;

/**
 * Merges as is usual, but where deletions are to be driven out writes every segment anew that has
 * any, however few: what was erased must leave the files.
 */
final class ErasingMergePolicy extends FilterMergePolicy {

    ErasingMergePolicy() {
        super(new TieredMergePolicy());
    }

    @Override
    public @Nullable MergeSpecification findForcedDeletesMerges(
            SegmentInfos segments, MergePolicy.MergeContext context) throws IOException {
        MergeSpecification merges = new MergeSpecification();
        for (SegmentCommitInfo segment : segments) {
            boolean isWanted = context.numDeletesToMerge(segment) > 0;
            if (isWanted && !context.getMergingSegments().contains(segment)) {
                merges.add(new OneMerge(List.of(segment)));
            }
        }
        return merges.merges.isEmpty() ? null : merges;
    }
}
