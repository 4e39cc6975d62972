package io.entitydb.storage.repair;

import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.index.KeyHash;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.log.Checksum;
import io.entitydb.storage.log.FrameReader;
import io.entitydb.storage.log.LogPart;
import io.entitydb.storage.log.LogScan;
import io.entitydb.storage.log.Reader;
import io.entitydb.storage.log.TagDictionary;
import io.entitydb.storage.recovery.StoreCreation;
import io.entitydb.storage.recovery.TailEvidence;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** One pass over all of a log, from its first frame to the end of the file. Serves one thread. */
final class LogPass {

    private final DiskFile file;
    private final Header header;
    private final long limit;
    private final long claimedEnd;
    private final Findings findings;
    private final VersionWitness witness;
    private final @Nullable IndexCheck image;
    private final DamageMap damage = new DamageMap();
    private final LogTally tally = new LogTally();
    private final IndexSums sums = new IndexSums();
    private final BorderClaims claims;
    private final ChainCheck chain;
    private final Reader reader;
    private final KeyHash keyHash;
    private final VersionCheck versions;
    private final LogCheck log;
    private final List<String> skipped = new ArrayList<>();

    /** Whether the end of the log was judged, and is damage. */
    private boolean isJudged;

    private boolean isBlankBehind = true;

    LogPass(
            DiskFile file,
            List<Header> headers,
            Findings findings,
            VersionWitness witness,
            @Nullable IndexCheck image) {
        this.file = file;
        this.header = headers.getFirst();
        this.findings = findings;
        this.witness = witness;
        this.image = image;
        limit = file.size() & -Header.FRAME_ALIGNMENT;
        claimedEnd = headers.stream().mapToLong(Header::dataEnd).max().orElseThrow();
        claims = new BorderClaims(file.name(), findings);
        headers.forEach(claims::add);
        chain = new ChainCheck(StoreCreation.emptyChain(header.identity()));
        reader = new Reader(file, header.identity(), new TagDictionary(), limit);
        keyHash = new KeyHash(header.identity().secret());
        versions = new VersionCheck(reader, keyHash, findings, damage, tally, sums, witness);
        ErasureCheck erasures =
                new ErasureCheck(reader, claimedEnd, damage, findings, tally, witness);
        log =
                new LogCheck(
                        file, reader, chain, versions, claims, damage, findings, tally, erasures,
                        witness);
    }

    /** Reads and checks everything. */
    void run(Progress progress) {
        file.map(limit);
        loadDictionary();
        log.begin();
        watchIndex();
        LogScan scan = scan(limit);
        for (LogPart part = scan.next(); part != null; part = scan.next()) {
            progress.at("reading the log", part.end(), limit);
            if (isTorn(part)) {
                torn(part.position());
                break;
            }
            isBlankBehind &= !(part instanceof LogPart.Gap);
            log.check(part);
            watchIndex();
        }
        finish(progress);
    }

    private LogScan scan(long end) {
        return new LogScan(file, new Checksum(header.identity()), Header.DATA_OFFSET, end);
    }

    /** With the newest words at hand, records can be read although an earlier frame is damaged. */
    private void loadDictionary() {
        try {
            reader.loadDictionary(header.tagDictOffset(), header.tagDictSize());
        } catch (CorruptDataException | StorageIoException e) {
            // Reported when the scan comes to it.
        }
    }

    private void watchIndex() {
        if (image != null) {
            image.at(chain.chain(), tally.livingEntities(), sums);
        }
    }

    /** Whether the log ends here, because a crash cut off what follows. */
    private boolean isTorn(LogPart part) {
        boolean isEnd =
                switch (part) {
                    case LogPart.Sound(var frame) -> !chain.isContinuedBy(frame);
                    case LogPart.Wounded _, LogPart.Gap _ -> true;
                    case LogPart.Blank _ -> false;
                };
        if (!isEnd || isJudged || part.position() < claimedEnd) {
            return false;
        }
        isJudged = true;
        TailEvidence evidence =
                TailEvidence.gather(
                        file, new FrameReader(file, header.identity()), part.position(), limit);
        return !evidence.isUnreadable()
                && Math.max(log.durableFrame(), evidence.durableFrame())
                        <= chain.chain().frameNumber()
                && Math.max(log.headerGeneration(), evidence.headerGeneration())
                        <= header.generation();
    }

    private void torn(long position) {
        isBlankBehind = false;
        findings.add(
                new Finding(
                        FindingCode.TORN_TAIL,
                        file.name(),
                        position,
                        limit,
                        SequenceRange.NONE,
                        List.of(),
                        "zeros",
                        "bytes that no acknowledged transaction needs"));
    }

    private void finish(Progress progress) {
        chain.end(header.walSequence());
        claims.end(damage);
        if (image != null) {
            progress.at("comparing the index", limit, limit);
            String reason =
                    image.end(
                            new IndexCheck.Context(
                                    new VersionLookup(reader, keyHash), keyHash, damage),
                            IndexDetail.of(file, header, reader, keyHash));
            if (reason != null) {
                skipped.add(reason);
            }
        }
        damage.report(file.name(), findings);
        if (damage.isOverfull()) {
            skipped.add("more was damaged than is listed; the last place listed is too long");
        }
        witness.end(
                new VersionWitness.Ending(
                        damage.isEmpty() && versions.isComplete(),
                        new VersionReplay(() -> scan(chain.chain().position()), reader),
                        findings,
                        skipped));
    }

    long headerGeneration() {
        return log.headerGeneration();
    }

    /** Whether the file looks as if it had not been closed. */
    boolean isUnclean() {
        return !isBlankBehind
                || chain.chain().position() != header.dataEnd()
                || file.size() != header.fileSize();
    }

    List<String> skipped() {
        return skipped;
    }

    LogFigures figures() {
        return tally.figures(chain.chain());
    }
}
