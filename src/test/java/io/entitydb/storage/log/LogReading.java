package io.entitydb.storage.log;

import io.entitydb.entity.Digest;
import io.entitydb.entity.EntityKey;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.io.BytesFile;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Asks of a log whatever can be asked of it: histories, their facts and links, what damage leaves,
 * what erasures make of records. Nothing but a refusal as corrupt may come of it.
 */
final class LogReading {

    private static final int BATCH_BYTES = 1024;
    private static final long[] NUMBERS = {0, 2};

    private final BytesFile file;
    private final Reader reader;
    private final TagDictionary dictionary;
    private final Checksum checksum = new Checksum(LogForgery.IDENTITY);

    /** A log, and the words that its records refer to. */
    LogReading(BytesFile file, TagDictionary dictionary) {
        this.file = file;
        this.dictionary = dictionary;
        reader = new Reader(file, LogForgery.IDENTITY, dictionary, file.size());
    }

    /** Reads a part. */
    void read(LogPart part) {
        if (part instanceof LogPart.Wounded wounded) {
            FrameRemains remains = FrameRemains.of(file, wounded);
            if (remains.isWhole() && remains.slots().isEmpty()) {
                throw new AssertionError("whole without records");
            }
            remains.continues(Digest.ZERO);
        }
        NameGuess.at(file, part.position() + FrameLayout.HEADER_BYTES, part.end(), dictionary);
        for (RawRecord record : part.records()) {
            attempt(() -> erase(record));
            VersionRecord version = record.asVersion();
            if (version != null) {
                attempt(() -> version(version));
            }
        }
    }

    /** Repeats the erasures that the log names. */
    void redo() {
        EraseRedo erasures = new EraseRedo(file, checksum, mark -> mark.number() % 2 == 1);
        erasures.marks(LogForgery.START, file.size())
                .forEach(
                        mark -> {
                            erasures.bytes(mark);
                            erasures.records(mark, this::requireErased);
                        });
    }

    /** Finds the checksums without the header, if a frame proves them. */
    void search() {
        Checksum found = SeedSearch.find(file, file.size());
        if (found != null
                && found.begin().add(1L).end() != checksum.begin().add(1L).end()
                && new FrameReader(file, checksum).read(LogForgery.START, file.size())
                        instanceof FrameRead.Intact) {
            throw new AssertionError("other checksums than those of the first frame");
        }
    }

    private static void attempt(Runnable reading) {
        try {
            reading.run();
        } catch (CorruptDataException e) {
            // Refused, as it may be.
        }
    }

    private void erase(RawRecord record) {
        byte[] erased = ErasedForm.of(record, checksum);
        requireErased(new ErasedRecord(record.position(), erased));
        byte[] half = record.bytes().clone();
        int middle = half.length / 2 / Long.BYTES * Long.BYTES;
        System.arraycopy(erased, 0, half, 0, middle);
        if (!Arrays.equals(erased, ErasedForm.of(record.with(half), checksum))) {
            throw new AssertionError("half overwritten, it has another erased form");
        }
    }

    /** An erased record has an intact checksum, and is its own erased form. */
    private void requireErased(ErasedRecord record) {
        RawRecord raw = new RawRecord(file.name(), record.position(), record.bytes());
        int crc = checksum.ofRecord(record.position(), record.bytes(), 0, record.bytes().length);
        if (crc != raw.crc() || !Arrays.equals(record.bytes(), ErasedForm.of(raw, checksum))) {
            throw new AssertionError("not erased at " + record.position());
        }
    }

    private void version(VersionRecord version) {
        VersionFacts facts = VersionFacts.of(version, dictionary);
        EntityKey key = facts.key();
        if (!version.isOf(key, dictionary) || !key.equals(version.key(dictionary))) {
            throw new AssertionError("a version of " + key + " and of another entity");
        }
        attempt(() -> facts.contentProblem(reader));
        VersionChain chain = new VersionChain(reader);
        attempt(() -> chain.jumpPositionAfter(version));
        for (long number : NUMBERS) {
            attempt(
                    () ->
                            requireOldEnough(
                                    chain.newest(version, at -> at.number() <= number), number));
            attempt(
                    () ->
                            chain.newestBefore(
                                    key,
                                    version.position(),
                                    version.raw().corrupt("taken for damaged"),
                                    at -> at.number() <= number));
        }
        attempt(() -> walk(version));
        attempt(
                () -> {
                    VersionRecord previous = chain.previous(version);
                    new VersionLinks(reader).problemOf(version, previous, key);
                });
    }

    private static void requireOldEnough(@Nullable VersionRecord found, long number) {
        if (found != null && found.number() > number) {
            throw new AssertionError("version " + found.number() + " above " + number);
        }
    }

    private void walk(VersionRecord version) {
        EraseWalk walk =
                new EraseWalk(reader, version, version.number(), version.commitTime(), BATCH_BYTES);
        for (EraseWalk.Batch batch = walk.next(); batch != null; batch = walk.next()) {
            batch.records().forEach(this::requireErased);
        }
    }
}
