package io.entitydb.storage.repair;

import io.entitydb.entity.EntityDbException;
import io.entitydb.entity.EntityKey;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.index.ImageScan;
import io.entitydb.storage.index.KeyHash;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.log.Checksum;
import io.entitydb.storage.log.LogPart;
import io.entitydb.storage.log.LogScan;
import io.entitydb.storage.log.RawRecord;
import io.entitydb.storage.log.Reader;
import io.entitydb.storage.log.VersionRecord;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * Finds out which entities an index image leads elsewhere than the log: reads the log once more,
 * for a few of the parts that differ. Serves one thread.
 */
@RequiredArgsConstructor
final class IndexDetail {

    /** Parts that are looked at: at ten million keys, each has about 2,500. */
    private static final int MAX_PARTS = 64;

    /** Entities that are named. */
    private static final int MAX_NAMED = 100;

    private final LongFunction<LogScan> scans;
    private final Reader reader;
    private final KeyHash keyHash;

    /** A detail that reads the log of a file. */
    static IndexDetail of(DiskFile file, Header header, Reader reader, KeyHash keyHash) {
        Checksum checksum = new Checksum(header.identity());
        return new IndexDetail(
                limit -> new LogScan(file, checksum, Header.DATA_OFFSET, limit), reader, keyHash);
    }

    /** Reports the entities of the parts that differ, and the parts that were left out. */
    void report(ImageScan image, BitSet parts, Findings findings) {
        BitSet chosen = new BitSet(IndexSums.PARTS);
        parts.stream().limit(MAX_PARTS).forEach(chosen::set);
        long border = image.header().replayPoint().border().position();
        Map<Long, Long> log = newestInLog(chosen, border);
        Map<Long, Set<Long>> index = entriesOf(image, chosen, border);
        Set<Long> listed = new HashSet<>();
        index.values().forEach(listed::addAll);
        int differences = 0;
        for (Map.Entry<Long, Long> newest : log.entrySet()) {
            if (!listed.contains(newest.getKey())) {
                differences++;
                if (differences <= MAX_NAMED) {
                    missing(newest.getKey(), index.get(newest.getValue()), findings);
                }
            }
        }
        Set<Long> hashes = new HashSet<>(log.values());
        for (Map.Entry<Long, Set<Long>> entry : index.entrySet()) {
            if (!hashes.contains(entry.getKey()) || entry.getValue().size() > 1) {
                differences++;
                surplus(entry, findings);
            }
        }
        summary(parts, chosen, differences, findings);
    }

    private void missing(long position, @Nullable Set<Long> found, Findings findings) {
        EntityKey key = new VersionLookup(reader, keyHash).keyAt(position);
        if (key != null) {
            IndexCheck.report(
                    findings,
                    key,
                    "its newest version, at " + position,
                    found == null ? "no entry" : "an entry that leads to " + found);
        }
    }

    private void surplus(Map.Entry<Long, Set<Long>> entry, Findings findings) {
        IndexCheck.report(
                findings,
                FindingCode.INDEX_DISAGREES,
                0,
                "one entry for each key of the log",
                "entries under hash %016x that lead to %s"
                        .formatted(entry.getKey(), entry.getValue()));
    }

    private static void summary(BitSet parts, BitSet chosen, int differences, Findings findings) {
        boolean isAll = parts.cardinality() == chosen.cardinality();
        if (!isAll || differences == 0 || differences > MAX_NAMED) {
            IndexCheck.report(
                    findings,
                    FindingCode.INDEX_DISAGREES,
                    0,
                    "the newest version of each key",
                    "other sums in %d of %d parts; %d differences in the %d parts looked at"
                            .formatted(
                                    parts.cardinality(),
                                    IndexSums.PARTS,
                                    differences,
                                    chosen.cardinality()));
        }
    }

    /** Newest versions before the border: position to hash. */
    private Map<Long, Long> newestInLog(BitSet parts, long border) {
        Map<Long, Long> newest = new HashMap<>();
        LogScan scan = scans.apply(border);
        for (LogPart part = scan.next(); part != null; part = scan.next()) {
            part.records().stream()
                    .filter(RawRecord::isVersion)
                    .forEach(record -> apply(record, parts, newest));
        }
        return newest;
    }

    private void apply(RawRecord record, BitSet parts, Map<Long, Long> newest) {
        try {
            VersionRecord version = record.toVersion();
            long hash = keyHash.of(version.key(reader.dictionary()));
            if (parts.get(IndexSums.partOf(hash))) {
                newest.remove(version.previousPosition());
                newest.put(version.position(), hash);
            }
        } catch (CorruptDataException | EntityDbException e) {
            // Reported where it stands.
        }
    }

    /** Entries of the image, led back before the border: hash to positions. */
    private Map<Long, Set<Long>> entriesOf(ImageScan image, BitSet parts, long border) {
        VersionLookup lookup = new VersionLookup(reader, keyHash);
        Map<Long, Set<Long>> entries = new HashMap<>();
        image.forEach(
                (hash, position) -> {
                    if (parts.get(IndexSums.partOf(hash))) {
                        long before = lookup.before(border, hash, position);
                        if (before != VersionLookup.NONE) {
                            entries.computeIfAbsent(hash, _ -> new HashSet<>())
                                    .add(before == VersionLookup.UNKNOWN ? position : before);
                        }
                    }
                });
        return entries;
    }
}
