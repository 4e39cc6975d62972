package io.entitydb.storage.repair;

import io.entitydb.entity.Digest;
import io.entitydb.storage.error.UnsupportedFormatException;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.header.HeaderSlots;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks a data file, and what is derived from it, from the first byte to the last, without
 * changing one.
 *
 * <p><b>Memory.</b> The log goes by frame by frame, so a frame's length bounds what is held of it;
 * the index is compared by sums of fixed size. Damage that is found costs memory up to the limits
 * of {@link VerificationReport}; looking for the entities that a wrong index hides, that of a small
 * part of the index.
 */
@RequiredArgsConstructor
public final class Verification {

    private final StorePlace place;
    private final VersionWitness witness;
    private final List<String> skipped = new ArrayList<>();
    private final Findings findings = new Findings();

    /** A check of the data file and of the image of the entity index beside it. */
    public Verification(StorePlace place) {
        this(place, VersionWitness.NONE);
    }

    /**
     * Runs the check. A verification runs once.
     *
     * @throws UnsupportedFormatException if the file is no store of a version that is known
     * @throws io.entitydb.storage.error.StorageIoException if it cannot be opened
     * @throws io.entitydb.storage.error.StorageLockedException if a service has it open
     */
    public VerificationReport run(Progress progress) {
        long start = System.nanoTime();
        try (Held held = Held.toLookAt(place);
                VersionWitness _ = witness;
                DiskFile file = place.disk().open(place.file(), Disk.Access.READ)) {
            LogFigures figures = check(file, progress);
            held.requireUnopened();
            return new VerificationReport(
                    place.file(),
                    file.size(),
                    figures,
                    findings.kept(),
                    findings.count(),
                    findings.isDamaged(),
                    skipped,
                    Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private LogFigures check(DiskFile file, Progress progress) {
        HeaderCheck slots = new HeaderCheck(file, HeaderSlots.read(file), findings);
        List<Header> headers = slots.valid();
        if (headers.isEmpty()) {
            skipped.add("log and indexes: their checksums need what only a valid header holds");
            return LogFigures.builder().lastDigest(Digest.ZERO).build();
        }
        Header header = headers.getFirst();
        if (file.size() < header.fileSize()) {
            tooShort(file, header);
        }
        witness.begin(header, findings);
        try (ImageHolder image = new ImageHolder(openImage(header))) {
            LogPass pass = new LogPass(file, headers, findings, witness, image.check());
            pass.run(progress);
            boolean isAheadOfHeader =
                    image.check() != null
                            && image.check().header().replayPoint().border().position()
                                    > header.walOffset();
            slots.judge(
                    header,
                    pass.headerGeneration(),
                    pass.isUnclean() || header.isInterval() || isAheadOfHeader);
            skipped.addAll(pass.skipped());
            return pass.figures();
        }
    }

    @Nullable
    private IndexCheck openImage(Header header) {
        if (!place.isStore()) {
            skipped.add("entity index and search index: a copy has none");
            return null;
        }
        return IndexCheck.open(place.disk(), header, findings);
    }

    /** An image that may not be there. */
    private record ImageHolder(@Nullable IndexCheck check) implements AutoCloseable {

        @Override
        public void close() {
            if (check != null) {
                check.close();
            }
        }
    }

    private void tooShort(DiskFile file, Header header) {
        findings.add(
                new Finding(
                        FindingCode.FILE_TOO_SHORT,
                        place.file(),
                        file.size(),
                        header.fileSize(),
                        SequenceRange.NONE,
                        List.of(),
                        header.fileSize() + " bytes, as the header says",
                        file.size() + " bytes"));
    }
}
