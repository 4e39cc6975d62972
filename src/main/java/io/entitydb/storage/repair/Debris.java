package io.entitydb.storage.repair;

import io.entitydb.storage.log.FrameRemains;
import io.entitydb.storage.log.LogPart;
import io.entitydb.storage.log.RawRecord;
import io.entitydb.storage.log.VersionRecord;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What can still be read between two sound transactions, by the sequences it belongs to. */
final class Debris {

    private final Map<Long, FrameRemains> remains = new HashMap<>();
    private final Map<Long, List<RawRecord>> records = new HashMap<>();
    private long lastSequence;

    /** Adds a frame whose header holds. */
    void add(SourceFile source, LogPart.Wounded part) {
        if (part.header().isTransaction()) {
            remains.putIfAbsent(part.header().sequence(), FrameRemains.of(source.file(), part));
            lastSequence = Math.max(lastSequence, part.header().sequence());
        }
    }

    /** Adds records whose frame is lost. */
    void add(LogPart.Gap part) {
        for (RawRecord record : part.records()) {
            VersionRecord version = record.asVersion();
            if (version != null) {
                records.computeIfAbsent(version.sequence(), s -> new ArrayList<>()).add(record);
                lastSequence = Math.max(lastSequence, version.sequence());
            }
        }
    }

    /** The highest sequence of which anything is left; 0 if nothing is. */
    long lastSequence() {
        return lastSequence;
    }

    /** What is left of a transaction's frame; null if its header is lost. */
    @Nullable FrameRemains frame(long sequence) {
        return remains.get(sequence);
    }

    /** Records of a transaction whose frame is lost, in the order of their positions. */
    List<RawRecord> records(long sequence) {
        List<RawRecord> found = new ArrayList<>(records.getOrDefault(sequence, List.of()));
        found.sort(Comparator.comparingLong(RawRecord::position));
        return found;
    }
}
