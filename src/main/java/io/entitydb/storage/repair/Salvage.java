package io.entitydb.storage.repair;

import io.entitydb.entity.Digest;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDbException;
import io.entitydb.entity.EntityKey;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.log.ContentPieces;
import io.entitydb.storage.log.ErasedForm;
import io.entitydb.storage.log.FrameHeader;
import io.entitydb.storage.log.FrameType;
import io.entitydb.storage.log.LogPart;
import io.entitydb.storage.log.LogScan;
import io.entitydb.storage.log.RawRecord;
import io.entitydb.storage.log.VersionFacts;
import io.entitydb.storage.log.VersionRecord;

import org.jspecify.annotations.Nullable;

import java.io.UncheckedIOException;

/**
 * Reads every version that verifies out of a data file, whatever else is damaged in it, also where
 * no header slot is valid. Changes nothing, and needs no index.
 *
 * <p>A version verifies if its checksum, the digest of its facts and the digest of its content
 * hold. Each is told in the order of its place in the file, once; so is what could not be read.
 */
public final class Salvage {

    private static final String ACTIVITY = "log";

    private final StorePlace place;

    /** Takes what is found. */
    public interface Output {

        /**
         * A version that verifies; its content can be read until this returns.
         *
         * @param digest of its logical facts
         */
        void version(Entity entity, Digest digest);

        /** Something that could not be read. */
        void lost(Lost lost);
    }

    /**
     * What could not be read.
     *
     * @param position where it begins
     * @param end position right behind it; that of the beginning if only the order of sequences
     *     tells that something is missing
     * @param sequences transactions that are concerned, as far as known
     * @param key the entity whose version it is; null if that is not known or there are several
     * @param version number of that version; 0 if it is not known
     * @param reason which rule failed
     */
    public record Lost(
            long position,
            long end,
            SequenceRange sequences,
            @Nullable EntityKey key,
            long version,
            String reason) {}

    /**
     * How much was found.
     *
     * @param versions that verify
     * @param lost places that do not
     */
    public record Result(long versions, long lost) {}

    /** A salvage of a data file. What was erased is taken from the ledger beside it. */
    public Salvage(StorePlace place) {
        this.place = place;
    }

    /**
     * Reads the file from its beginning to its end.
     *
     * @throws io.entitydb.storage.error.UnsupportedFormatException if it is no store of a version
     *     that is known
     * @throws io.entitydb.storage.error.StorageIoException if it cannot be opened
     * @throws io.entitydb.storage.error.StorageLockedException if a service has it open
     */
    public Result run(Output output, Progress progress) {
        try (Held _ = Held.toLookAt(place);
                SourceFile source = SourceFile.open(place, place.file())) {
            Pass pass = new Pass(source, Erasures.of(place.disk()), output);
            pass.run(progress);
            return new Result(pass.versions, pass.lost);
        }
    }

    /** One reading of the file. */
    private static final class Pass {

        private final SourceFile source;
        private final Erasures erasures;
        private final Output output;
        private long lastSequence;
        private long versions;
        private long lost;

        Pass(SourceFile source, Erasures erasures, Output output) {
            this.source = source;
            this.erasures = erasures;
            this.output = output;
        }

        void run(Progress progress) {
            LogScan scan = source.scan();
            for (LogPart part = scan.next(); part != null; part = scan.next()) {
                switch (part) {
                    case LogPart.Sound(var frame) -> moveTo(frame.header());
                    case LogPart.Wounded wounded -> wounded(wounded);
                    case LogPart.Gap gap -> lost(gap, SequenceRange.NONE, gap.reason());
                    case LogPart.Blank _ -> {}
                }
                part.records().forEach(this::record);
                progress.at(ACTIVITY, scan.position(), source.limit());
            }
            Header header = source.origin().header();
            if (header != null && header.walSequence() > lastSequence) {
                missing(source.limit(), header.walSequence(), "the header knows of them");
            }
        }

        private void wounded(LogPart.Wounded part) {
            moveTo(part.header());
            lost(part, SequenceRange.of(part.header().sequence()), part.reason());
        }

        private void moveTo(FrameHeader header) {
            if (!header.movesSequence() || header.sequence() <= lastSequence) {
                return;
            }
            boolean isLoss = header.type() == FrameType.LOSS;
            long lastMissing = isLoss ? header.sequence() : header.sequence() - 1;
            if (lastMissing > lastSequence) {
                missing(
                        header.position(),
                        lastMissing,
                        isLoss ? "they were given up by a repair" : "the next one follows");
            }
            lastSequence = header.sequence();
        }

        private void missing(long position, long last, String reason) {
            SequenceRange range = new SequenceRange(lastSequence + 1, last);
            add(
                    new Lost(
                            position,
                            position,
                            range,
                            null,
                            0,
                            "no frame of them is left: " + reason));
        }

        private void lost(LogPart part, SequenceRange sequences, String reason) {
            add(new Lost(part.position(), part.end(), sequences, null, 0, reason));
        }

        private void record(RawRecord raw) {
            if (raw.isStub()) {
                add(
                        new Lost(
                                raw.position(),
                                raw.end(),
                                SequenceRange.of(lastSequence),
                                null,
                                0,
                                "a version that was given up by a repair"));
                return;
            }
            VersionRecord version = raw.asVersion();
            if (version != null) {
                version(version);
            }
        }

        private void version(VersionRecord version) {
            EntityKey key = null;
            try {
                VersionFacts facts = VersionFacts.of(version, source.reader().dictionary());
                key = facts.key();
                if (!facts.digest().equals(version.digest())) {
                    lost(version, key, "digest of its facts is " + facts.digest());
                    return;
                }
                boolean isErased = !version.isErased() && erasures.cover(key, version);
                VersionRecord shown = isErased ? ErasedForm.of(version) : version;
                Entity entity = shown.toEntity(source.reader());
                ContentPieces.each(entity.content(), piece -> {});
                output.version(entity, version.digest());
                versions++;
            } catch (StorageException | EntityDbException | UncheckedIOException e) {
                lost(version, key, String.valueOf(e.getMessage()));
            }
        }

        private void lost(VersionRecord version, @Nullable EntityKey key, String reason) {
            SequenceRange sequence = SequenceRange.of(version.sequence());
            long position = version.position();
            add(new Lost(position, version.end(), sequence, key, version.number(), reason));
        }

        private void add(Lost what) {
            lost++;
            output.lost(what);
        }
    }
}
