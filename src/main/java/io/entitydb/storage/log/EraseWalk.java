package io.entitydb.storage.log;

import io.entitydb.entity.EntityKey;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Goes back over the versions of an entity and collects what an erasure overwrites, batch by batch,
 * the newest versions first: then no version that is still whole refers to one that is not. Used by
 * one thread.
 */
public final class EraseWalk {

    private static final int BATCH_RECORDS = 1024;

    private final Reader reader;
    private final EntityKey key;
    private final long version;
    private final long at;
    private final int batchBytes;
    private long position;
    private long above = Long.MAX_VALUE;

    /**
     * A walk over the versions up to a number that were committed by a time.
     *
     * @param newest the entity's newest version
     * @param batchBytes a batch ends with the version that makes it longer than this: it is written
     *     between two commits, so this bounds how long one of them waits
     */
    public EraseWalk(Reader reader, VersionRecord newest, long version, long at, int batchBytes) {
        this.reader = reader;
        this.version = version;
        this.at = at;
        this.batchBytes = batchBytes;
        key = newest.key(reader.dictionary());
        position = newest.position();
    }

    /**
     * What is overwritten together.
     *
     * @param records versions and chunks; not empty
     * @param versions how many of them are versions
     * @param isEnding whether the entity's newest version is among them and lives
     */
    public record Batch(List<ErasedRecord> records, int versions, boolean isEnding) {

        /** Copies the list. */
        public Batch {
            records = List.copyOf(records);
        }

        /** What a mark says of them. */
        public List<EraseMark.Target> targets() {
            return records.stream().map(ErasedRecord::target).toList();
        }
    }

    /**
     * The next batch; null when nothing is left.
     *
     * @throws io.entitydb.storage.error.CorruptDataException if a record is damaged
     */
    public @Nullable Batch next() {
        List<ErasedRecord> records = new ArrayList<>();
        int versions = 0;
        long bytes = 0;
        boolean isEnding = false;
        while (position != 0 && bytes < batchBytes && records.size() < BATCH_RECORDS) {
            boolean isNewest = above == Long.MAX_VALUE;
            VersionRecord found = step();
            boolean isMeant = found.number() <= version && found.commitTime() <= at;
            if (isMeant && !found.isErased()) {
                int before = records.size();
                collect(found, records);
                versions++;
                isEnding |= isNewest && found.isLiving();
                for (ErasedRecord record : records.subList(before, records.size())) {
                    bytes += record.bytes().length;
                }
            }
        }
        return records.isEmpty() ? null : new Batch(records, versions, isEnding);
    }

    private VersionRecord step() {
        VersionRecord found = new VersionRecord(reader.readRecord(position));
        if (!found.isOf(key, reader.dictionary()) || found.number() >= above) {
            throw found.raw().corrupt("version chain of " + key + " leads astray");
        }
        above = found.number();
        position = found.previousPosition();
        return found;
    }

    private void collect(VersionRecord found, List<ErasedRecord> records) {
        for (long chunk : found.chunkPositions(reader.dictionary())) {
            RawRecord raw = reader.readRecord(chunk);
            ChunkCodec.decode(raw, key, reader.dictionary());
            records.add(erased(raw));
        }
        records.add(erased(found.raw()));
    }

    private ErasedRecord erased(RawRecord raw) {
        return new ErasedRecord(raw.position(), ErasedForm.of(raw, reader.checksum()));
    }
}
