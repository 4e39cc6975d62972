package io.entitydb.storage.repair;

import io.entitydb.entity.EntityDbException;
import io.entitydb.entity.EntityKey;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.DamagedPlace;
import io.entitydb.storage.header.FileIdentity;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.index.EntityIndex;
import io.entitydb.storage.index.ImageScan;
import io.entitydb.storage.index.KeyHash;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.log.Checksum;
import io.entitydb.storage.log.Frame;
import io.entitydb.storage.log.FrameHeader;
import io.entitydb.storage.log.FrameLayout;
import io.entitydb.storage.log.FrameRead;
import io.entitydb.storage.log.FrameReader;
import io.entitydb.storage.log.LogPart;
import io.entitydb.storage.log.LogScan;
import io.entitydb.storage.log.NameGuess;
import io.entitydb.storage.log.RawRecord;
import io.entitydb.storage.log.Reader;
import io.entitydb.storage.log.VersionRecord;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/**
 * One pass of a scrub over the log of an open store: the checksums of every frame and record, the
 * chain of frames and of transactions, and at the end the entity index against the log. Reads
 * beside the writer and never beyond what is known to be durable. Serves one thread.
 */
public final class ScrubPass {

    private final Source source;
    private final Consumer<DamagedPlace> found;
    private final KeyHash keyHash;
    private final Checksum checksum;
    private final ChainCheck chain;
    private final IndexSums sums;
    private final DamageMap damage = new DamageMap();

    /**
     * A pass from a point on.
     *
     * @param found is told of what does not verify
     */
    public ScrubPass(Source source, ScrubPoint from, Consumer<DamagedPlace> found) {
        this.source = source;
        this.found = found;
        keyHash = new KeyHash(source.identity().secret());
        checksum = new Checksum(source.identity());
        chain = new ChainCheck(from.border());
        sums = from.sums().copy();
    }

    /**
     * An open store.
     *
     * @param file the data file, mapped as far as it is used
     * @param reader reads single records of it
     * @param index leads to the newest versions
     */
    public record Source(DiskFile file, FileIdentity identity, Reader reader, EntityIndex index) {}

    /** How far it is. */
    public long position() {
        return chain.chain().position();
    }

    /** The point at which it is. */
    public ScrubPoint point(ScrubProgress progress) {
        return new ScrubPoint(source.identity().fileId(), progress, chain.chain(), sums.copy());
    }

    /** Whether a log goes on at the point from which the pass is to go on. */
    public boolean isContinued(Header header) {
        if (position() == header.dataEnd()) {
            return chain.chain().sequence() == header.walSequence()
                    && chain.chain().digest().equals(header.lastDigest());
        }
        return position() < header.dataEnd()
                && new FrameReader(source.file(), source.identity())
                                .read(position(), header.dataEnd())
                        instanceof FrameRead.Intact(Frame frame)
                && chain.isContinuedBy(frame);
    }

    /**
     * Reads the next frame.
     *
     * @param limit end of what is known to be durable
     * @param isCertain whether what does not verify is reported; otherwise it is left for another
     *     try, because somebody may be overwriting it at the moment
     */
    public ScrubStep step(long limit, boolean isCertain) {
        LogPart part = new LogScan(source.file(), checksum, position(), limit).next();
        return switch (part) {
            case null -> new ScrubStep.AtLimit();
            case LogPart.Sound(Frame frame) -> sound(frame, isCertain);
            case LogPart.Wounded wounded -> isCertain ? wounded(wounded) : new ScrubStep.Doubtful();
            case LogPart.Gap gap ->
                    isCertain ? missing(gap, gap.reason()) : new ScrubStep.Doubtful();
            case LogPart.Blank blank ->
                    isCertain ? missing(blank, "zeros") : new ScrubStep.Doubtful();
        };
    }

    private ScrubStep sound(Frame frame, boolean isCertain) {
        if (!isCertain && !chain.isContinuedBy(frame)) {
            return new ScrubStep.Doubtful();
        }
        FrameHeader header = frame.header();
        ChainCheck.Break broken = chain.follow(frame);
        if (broken != null) {
            report(
                    DamagedPlace.Part.FRAME,
                    header,
                    broken.code().code()
                            + ": expected "
                            + broken.expected()
                            + ", found "
                            + broken.found());
        }
        frame.records().stream().filter(RawRecord::isVersion).forEach(this::count);
        return new ScrubStep.Passed(header.length());
    }

    private ScrubStep wounded(LogPart.Wounded part) {
        FrameHeader header = part.header();
        long from = part.position();
        if (part.isChained()) {
            from += FrameLayout.HEADER_BYTES;
            for (RawRecord record : part.records()) {
                damaged(from, record.position(), header, part.reason());
                from = record.end();
            }
            damaged(from, part.end() - FrameLayout.TRAILER_BYTES, header, part.reason());
        } else {
            hide(from, part.end());
            report(DamagedPlace.Part.FRAME, header, part.reason());
        }
        part.records().stream().filter(RawRecord::isVersion).forEach(this::count);
        chain.passWounded(header, part.crc(), part.isChained());
        return new ScrubStep.Passed(header.length());
    }

    private void damaged(long from, long to, FrameHeader header, String reason) {
        if (from >= to) {
            return;
        }
        hide(from, to);
        found.accept(
                DamagedPlace.builder()
                        .file(source.file().name())
                        .position(from)
                        .length(to - from)
                        .part(partOf(header))
                        .key(header.isTransaction() ? nameAt(from, to) : null)
                        .sequence(header.isTransaction() ? header.sequence() : 0)
                        .reason(reason)
                        .finder(DamagedPlace.Finder.SCRUB)
                        .build());
    }

    private static DamagedPlace.Part partOf(FrameHeader header) {
        return switch (header.type()) {
            case TRANSACTION -> DamagedPlace.Part.VERSION;
            case CHUNK -> DamagedPlace.Part.CHUNK;
            case DICTIONARY -> DamagedPlace.Part.DICTIONARY;
            case ERASE_MARK, LOSS -> DamagedPlace.Part.FRAME;
        };
    }

    /** The name in a damaged record, if the index says that it is the one. */
    private @Nullable EntityKey nameAt(long from, long to) {
        EntityKey key = NameGuess.at(source.file(), from, to, source.reader().dictionary());
        return key != null && source.index().find(keyHash.of(key), at -> at == from) == from
                ? key
                : null;
    }

    private ScrubStep missing(LogPart part, String reason) {
        DamagedStretch stretch = hide(part.position(), part.end());
        found.accept(
                DamagedPlace.builder()
                        .file(source.file().name())
                        .position(part.position())
                        .length(part.end() - part.position())
                        .part(DamagedPlace.Part.FRAME)
                        .reason(reason)
                        .finder(DamagedPlace.Finder.SCRUB)
                        .build());
        part.records().stream().filter(RawRecord::isVersion).forEach(this::count);
        chain.passGap(stretch);
        return new ScrubStep.Passed(part.end() - part.position());
    }

    private DamagedStretch hide(long from, long to) {
        return damage.add(
                new DamagedStretch(
                        FindingCode.FRAME_DAMAGED,
                        from,
                        to,
                        SequenceRange.NONE,
                        new DamagedStretch.Words("", "")));
    }

    private void report(DamagedPlace.Part part, FrameHeader header, String reason) {
        found.accept(
                DamagedPlace.builder()
                        .file(source.file().name())
                        .position(header.position())
                        .length(header.length())
                        .part(part)
                        .sequence(header.sequence())
                        .reason(reason)
                        .finder(DamagedPlace.Finder.SCRUB)
                        .build());
    }

    /** A version takes the place of the one before it. */
    private void count(RawRecord record) {
        try {
            VersionRecord version = record.toVersion();
            long hash = keyHash.of(version.key(source.reader().dictionary()));
            if (damage.at(version.previousPosition()) != null) {
                sums.hide(hash);
            }
            sums.move(hash, version.previousPosition(), version.position());
        } catch (CorruptDataException | EntityDbException e) {
            found.accept(
                    DamagedPlace.builder()
                            .file(source.file().name())
                            .position(record.position())
                            .length(record.end() - record.position())
                            .part(DamagedPlace.Part.VERSION)
                            .reason(String.valueOf(e.getMessage()))
                            .finder(DamagedPlace.Finder.SCRUB)
                            .build());
        }
    }

    /**
     * Compares the index with the log up to here; its writer goes on meanwhile. The sums at a
     * border do not depend on what was written behind it, because each later entry is led back.
     */
    public void compareIndex() {
        VersionLookup lookup = new VersionLookup(source.reader(), keyHash);
        long border = position();
        IndexSums actual = new IndexSums();
        source.index()
                .forEach(
                        (hash, position) -> {
                            long before =
                                    damage.at(position) == null
                                            ? lookup.before(border, hash, position)
                                            : VersionLookup.UNKNOWN;
                            if (before == VersionLookup.UNKNOWN) {
                                actual.hide(hash);
                            } else if (before != VersionLookup.NONE) {
                                actual.add(hash, before);
                            }
                        });
        int parts = sums.differences(actual).cardinality();
        if (parts > 0) {
            found.accept(
                    DamagedPlace.builder()
                            .file(ImageScan.fileName())
                            .position(0)
                            .part(DamagedPlace.Part.DERIVED)
                            .reason(
                                    "the index leads elsewhere than the log in %d of %d parts"
                                            .formatted(parts, IndexSums.PARTS))
                            .finder(DamagedPlace.Finder.SCRUB)
                            .build());
        }
    }
}
