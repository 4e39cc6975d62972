package io.entitydb.search;

import org.apache.lucene.index.FilterMergePolicy;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.MergeTrigger;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfos;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where it is asked to, makes few segments of small ones: each costs every query something.
 *
 * <p>A segment is written anew only with others that have at least half of its size, so how often a
 * document is written grows with the logarithm of their number.
 */
final class IdleMergePolicy extends FilterMergePolicy {

    /** Most that is written anew at once, in bytes: some seconds' work. */
    static final long MAX_BYTES = 128L << 20;

    /** How many times as large as all smaller ones together a segment is at most. */
    private static final int MOST_TIMES = 2;

    IdleMergePolicy(MergePolicy usual) {
        super(usual);
    }

    private record Sized(SegmentCommitInfo segment, long bytes) {}

    @Override
    public @Nullable MergeSpecification findMerges(
            MergeTrigger trigger, SegmentInfos segments, MergePolicy.MergeContext context)
            throws IOException {
        MergeSpecification usual = super.findMerges(trigger, segments, context);
        return usual != null || trigger != MergeTrigger.EXPLICIT
                ? usual
                : merge(small(segments, context));
    }

    /** The smallest first. */
    private List<Sized> small(SegmentInfos segments, MergePolicy.MergeContext context)
            throws IOException {
        List<Sized> small = new ArrayList<>();
        for (SegmentCommitInfo segment : segments) {
            if (!context.getMergingSegments().contains(segment)) {
                small.add(new Sized(segment, size(segment, context)));
            }
        }
        small.sort(Comparator.comparingLong(Sized::bytes));
        return small;
    }

    /** As many as are not too large for those before them; null if that is not even two. */
    private static @Nullable MergeSpecification merge(List<Sized> small) {
        int count = 0;
        long before = 0;
        for (int i = 0; i < small.size() && before + small.get(i).bytes() <= MAX_BYTES; i++) {
            long bytes = small.get(i).bytes();
            if (i > 0 && bytes <= MOST_TIMES * before) {
                count = i + 1;
            }
            before += bytes;
        }
        if (count == 0) {
            return null;
        }
        MergeSpecification merges = new MergeSpecification();
        merges.add(new OneMerge(small.subList(0, count).stream().map(Sized::segment).toList()));
        return merges;
    }
}
