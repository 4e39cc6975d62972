package io.entitydb.entity;

import java.time.Duration;

/**
 * What a compaction did.
 *
 * @param oldBytes of the old file that were in use
 * @param newBytes of the new file that are in use
 * @param retiredVersions versions that were left out
 * @param pause how long writers had to wait
 */
public record CompactionReport(
        long oldBytes, long newBytes, long retiredVersions, Duration pause) {}
