package io.entitydb.storage.log;

import io.entitydb.entity.EntityKey;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

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
    private final Set<Long> kept = new HashSet<>();

    /** The version that is being collected; its chunks, and how many of them were. */
    private @Nullable VersionRecord meant;

    private long[] chunks = new long[0];
    private int chunk;
    private boolean isNewest;

    /**
     * A walk over the versions up to a number that were committed by a time.
     *
     * @param newest the entity's newest version
     * @param batchBytes a batch ends with the record that makes it longer than this: it is written
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
        while (bytes < batchBytes && records.size() < BATCH_RECORDS && findMeant()) {
            VersionRecord version = Objects.requireNonNull(meant);
            ErasedRecord next = chunk < chunks.length ? chunk(chunks[chunk++]) : last(version);
            if (next != null) {
                records.add(next);
                bytes += next.bytes().length;
            }
            if (meant == null) {
                versions++;
                isEnding |= isNewest && version.isLiving();
            }
        }
        return records.isEmpty() ? null : new Batch(records, versions, isEnding);
    }

    /**
     * Chunks of versions that are not erased; complete when there is no {@link #next} batch. The
     * set grows during the walk.
     */
    public Set<Long> kept() {
        return kept;
    }

    /** Goes on to the next version that is to be erased, unless one is begun; false at the end. */
    private boolean findMeant() {
        while (meant == null && position != 0) {
            isNewest = above == Long.MAX_VALUE;
            VersionRecord found = step();
            long[] own = found.chunkPositions(reader.dictionary());
            if (found.number() > version || found.commitTime() > at) {
                Arrays.stream(own).forEach(kept::add);
            } else if (!found.isErased()) {
                meant = found;
                chunks = own;
                chunk = 0;
            }
        }
        return meant != null;
    }

    /** The version comes behind its chunks: without it they could not be found again. */
    private ErasedRecord last(VersionRecord version) {
        meant = null;
        return erased(version.raw());
    }

    private @Nullable ErasedRecord chunk(long position) {
        return ErasedRecord.ofChunk(position, key, reader);
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

    private ErasedRecord erased(RawRecord raw) {
        return new ErasedRecord(raw.position(), ErasedForm.of(raw, reader.checksum()));
    }
}
