package io.entitydb.web.store;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.entitydb.entity.CompactionReport;
import io.entitydb.entity.RetentionPlan;
import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a compaction did, or would do.
 *
 * @param oldBytes of the old file that were in use; left out if nothing was done
 * @param newBytes of the new file that are in use; left out if nothing was done
 * @param retiredVersions versions that the rules of retention took away, or would
 * @param pause how long writers had to wait; left out if nothing was done
 * @param datasets what goes from each dataset
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "CompactionResult")
record CompactionResult(
        @Nullable Long oldBytes,
        @Nullable Long newBytes,
        long retiredVersions,
        @Nullable String pause,
        Map<String, Part> datasets) {

    /**
     * What goes from a dataset.
     *
     * @param versions how many versions
     * @param bytes size of their records
     * @param wholeSince the first transaction from which on its past is still whole
     * @param wholeSinceInstant when that was committed
     */
    @Schema(name = "CompactionPart")
    record Part(long versions, long bytes, long wholeSince, String wholeSinceInstant) {}

    static CompactionResult of(RetentionPlan plan) {
        return new CompactionResult(null, null, plan.versions(), null, parts(plan));
    }

    static CompactionResult of(RetentionPlan plan, CompactionReport report) {
        return new CompactionResult(
                report.oldBytes(),
                report.newBytes(),
                report.retiredVersions(),
                report.pause().toString(),
                parts(plan));
    }

    private static Map<String, Part> parts(RetentionPlan plan) {
        Map<String, Part> parts = new TreeMap<>();
        plan.parts()
                .forEach(
                        (dataset, part) ->
                                parts.put(
                                        dataset,
                                        new Part(
                                                part.versions(),
                                                part.bytes(),
                                                part.wholeSince(),
                                                part.wholeSinceInstant().toString())));
        return parts;
    }
}
