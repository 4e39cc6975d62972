package io.entitydb.storage.recovery;

import io.entitydb.entity.Digest;
import io.entitydb.storage.erase.LedgerReading;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.DamagedPlace;
import io.entitydb.storage.error.Quarantine;
import io.entitydb.storage.error.RecoveryFailedException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.header.HeaderSlots;
import io.entitydb.storage.header.HeaderSync;
import io.entitydb.storage.index.CoveredTransaction;
import io.entitydb.storage.index.EntityIndex;
import io.entitydb.storage.index.ImageHeader;
import io.entitydb.storage.index.ImageReader;
import io.entitydb.storage.index.ImageResult;
import io.entitydb.storage.index.ImageWriter;
import io.entitydb.storage.index.KeyHash;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.log.Checksum;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.log.FrameHeader;
import io.entitydb.storage.log.FrameRead;
import io.entitydb.storage.log.FrameReader;
import io.entitydb.storage.log.Reader;
import io.entitydb.storage.log.SequencePositions;
import io.entitydb.storage.log.TagDictionary;
import io.entitydb.storage.log.Wal;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Opens a data directory: makes an empty store where there is none, otherwise chooses the header,
 * loads or rebuilds the index, replays the log and settles its tail. The caller holds the lock.
 *
 * <p>Never drops a frame in the middle, never makes a file over one that is there, and changes
 * nothing unless it has understood everything.
 */
@RequiredArgsConstructor
public final class Recovery {

    private final Disk disk;
    private final RecoveryOptions options;

    /** Is told how far the replay is. */
    @FunctionalInterface
    public interface Progress {

        /** Bytes done, and bytes to do in all. */
        void at(long done, long total);
    }

    /**
     * Opens the store.
     *
     * @throws io.entitydb.storage.error.UnsupportedFormatException if the file is something else
     * @throws RecoveryFailedException if there is no header to start from, or files are missing
     */
    public RecoveredStore run(Progress progress) {
        boolean isCreated = createIfMissing();
        DiskFile file =
                disk.open(
                        StoreFiles.DATA,
                        options.isReadOnly() ? Disk.Access.READ : Disk.Access.WRITE);
        try {
            return open(file, isCreated, progress);
        } catch (RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    private boolean createIfMissing() {
        List<String> files = disk.list();
        if (files.contains(StoreFiles.DATA)) {
            if (!options.isReadOnly()) {
                disk.delete(StoreFiles.CREATING);
            }
            return false;
        }
        if (Replacement.isCutShort(files) && !options.isReadOnly()) {
            new Replacement(disk).finish();
            return false;
        }
        files.stream().filter(Replacement::isAside).findFirst().ifPresent(Recovery::missing);
        for (String derived : List.of(ImageWriter.FILE, LedgerReading.FILE)) {
            if (files.contains(derived)) {
                missing(derived);
            }
        }
        if (options.isReadOnly()) {
            throw new RecoveryFailedException("no " + StoreFiles.DATA + " to open read-only");
        }
        new StoreCreation(disk, options.growthBytes()).run();
        return true;
    }

    private static void missing(String found) {
        throw new RecoveryFailedException(
                StoreFiles.DATA + " is missing, but " + found + " is there");
    }

    private RecoveredStore open(DiskFile file, boolean isCreated, Progress progress) {
        HeaderSlots slots = HeaderSlots.read(file);
        Header header = choose(slots);
        long size = file.size() & -Header.FRAME_ALIGNMENT;
        file.map(size);
        ErasureRecovery erasures =
                ErasureRecovery.run(disk, file, header, size, options.isReadOnly());
        Opening opening = new Opening(file, header, size, erasures);
        Attempt attempt = opening.replayBest(progress);
        TailJudge.Verdict verdict =
                new TailJudge(file, opening.frames(), header)
                        .judge(attempt.replay(), attempt.stop(), size);
        String damage = size < header.fileSize() ? shorter(size, header) : verdict.damage();
        boolean isUnsettled =
                attempt.end() != header.dataEnd()
                        || !verdict.isBlank()
                        || size != header.fileSize();
        boolean isHeaderStale = isUnsettled || header.isInterval() || options.isInterval();
        Settled settled =
                damage == null && !options.isReadOnly()
                        ? opening.settle(attempt, isUnsettled, isHeaderStale)
                        : new Settled(false, null);
        AfterGap afterGap = damage == null ? null : opening.survey(attempt);
        HeaderSync headerSync = opening.headerSync();
        headerSync.addEntities(attempt.replay().entityCount() - headerSync.entityCount());
        long allocated = settled.isDone() ? size : Math.min(size, header.fileSize());
        return new RecoveredStore(
                file,
                headerSync,
                new Wal(file, attempt.replay().chain(), allocated),
                attempt.reader(),
                attempt.start().index(),
                new KeyHash(header.identity().secret()),
                attempt.positions(),
                attempt.start().chain(),
                opening.quarantine(),
                erasures.ledger(),
                afterGap,
                new RecoveryFindings(
                        isCreated,
                        slots,
                        attempt.imageProblem() != null,
                        attempt.imageProblem(),
                        attempt.replay().transactions(),
                        attempt.end() - attempt.start().chain().position(),
                        verdict.isBlank() ? 0 : size - attempt.end(),
                        settled.isDone(),
                        damage,
                        settled.failure()));
    }

    private static Header choose(HeaderSlots slots) {
        try {
            return slots.newest();
        } catch (CorruptDataException e) {
            throw new RecoveryFailedException(String.valueOf(e.getMessage()), e);
        }
    }

    private static String shorter(long size, Header header) {
        return "file has " + size + " bytes, its header says " + header.fileSize();
    }

    private record Settled(boolean isDone, @Nullable String failure) {}

    /** One run of a replay, with the parts that it filled. */
    private record Attempt(
            ReplayStart start,
            Reader reader,
            SequencePositions positions,
            Replay replay,
            FrameRead.Broken stop,
            @Nullable String imageProblem) {

        long end() {
            return replay.chain().position();
        }
    }

    /** An opening in progress. */
    private final class Opening {

        private final DiskFile file;
        private final Header header;
        private final long size;
        private final ErasureRecovery erasures;
        private final FrameReader frames;
        private final HeaderSync headerSync;
        private final Quarantine quarantine = new Quarantine();

        private Opening(DiskFile file, Header header, long size, ErasureRecovery erasures) {
            this.erasures = erasures;
            this.file = file;
            this.header = header;
            this.size = size;
            frames = new FrameReader(file, header.identity(), erasures.table());
            headerSync =
                    new HeaderSync(
                            header,
                            next -> {
                                HeaderSlots.write(file, next);
                                file.force();
                            });
        }

        FrameReader frames() {
            return frames;
        }

        HeaderSync headerSync() {
            return headerSync;
        }

        /** Replays behind the image if there is a usable one, otherwise the whole log. */
        Attempt replayBest(Progress progress) {
            return switch (ImageReader.load(disk, header.identity().fileId())) {
                case ImageResult.Loaded(EntityIndex index, ImageHeader image) ->
                        replayBehind(image, index, progress);
                case ImageResult.Refused refused -> rebuild(refused.reason(), progress);
            };
        }

        private Attempt replayBehind(ImageHeader image, EntityIndex index, Progress progress) {
            FrameChain border = image.replayPoint().border();
            if (border.position() < headerSync.walOffset()) {
                return rebuild("image is older than the checkpoint of the header", progress);
            }
            if (border.position() > Math.min(size, header.dataEnd())) {
                // Dictionary frames between the two would be passed over.
                return rebuild("image covers more than the header knows", progress);
            }
            ReplayStart start =
                    new ReplayStart(
                            index, border, image.replayPoint().entityCount(), image.covered());
            try {
                Attempt attempt = replay(start, null, progress);
                if (!attempt.replay().isCovered()) {
                    return rebuild("log does not hold what the image covers", progress);
                }
                return attempt.end() > border.position() || attempt.end() == header.dataEnd()
                        ? attempt
                        : secondOpinion(attempt, progress);
            } catch (CorruptDataException e) {
                return rebuild(String.valueOf(e.getMessage()), progress);
            }
        }

        /**
         * No frame continues the log where the image ends: either it is damaged, or the image
         * belongs to another history of this file, as when the data file was put back alone.
         */
        private Attempt secondOpinion(Attempt behindImage, Progress progress) {
            Attempt whole = rebuild("log does not go on where the image ends", progress);
            return whole.end() > behindImage.end() ? whole : behindImage;
        }

        private Attempt rebuild(String reason, Progress progress) {
            ReplayStart start =
                    new ReplayStart(
                            new EntityIndex(),
                            StoreCreation.emptyChain(header.identity()),
                            0,
                            new CoveredTransaction(0, Digest.ZERO));
            return replay(start, reason, progress);
        }

        private Attempt replay(
                ReplayStart start, @Nullable String imageProblem, Progress progress) {
            SequencePositions positions = new SequencePositions();
            Reader reader =
                    new Reader(
                            file,
                            new Checksum(header.identity()),
                            new TagDictionary(),
                            size,
                            erasures.table());
            if (imageProblem == null) {
                loadDictionary(reader, start.chain().position());
            }
            Replay replay = new Replay(frames, reader, header, start, positions);
            long from = start.chain().position();
            long total = Math.max(header.dataEnd(), from) - from;
            FrameRead.Broken stop =
                    replay.run(size, at -> progress.at(at - from, Math.max(total, at - from)));
            return new Attempt(start, reader, positions, replay, stop, imageProblem);
        }

        /** If the copy that the header names is damaged, another one with all its words serves. */
        private void loadDictionary(Reader reader, long checkpoint) {
            try {
                reader.loadDictionary(headerSync.tagDictOffset(), header.tagDictSize());
            } catch (CorruptDataException e) {
                boolean isReplaced =
                        new DictionarySearch(file, frames, Math.min(size, header.dataEnd()))
                                .replace(header, checkpoint, reader.dictionary());
                if (!isReplaced) {
                    throw e;
                }
                quarantine.add(
                        DamagedPlace.of(
                                        e,
                                        DamagedPlace.Part.DICTIONARY,
                                        DamagedPlace.Finder.OPENING)
                                .toBuilder()
                                .position(header.tagDictOffset())
                                .length(header.tagDictSize())
                                .build());
            }
        }

        Quarantine quarantine() {
            return quarantine;
        }

        /** What can be read behind the damage that ended a replay. */
        AfterGap survey(Attempt attempt) {
            new DictionarySearch(file, frames, size)
                    .loadAll(attempt.end(), attempt.reader().dictionary());
            return new GapSurvey(file, header, attempt.reader(), quarantine, size)
                    .run(attempt.replay().chain());
        }

        /**
         * Makes certain what is about to be built on; if that fails the store stays readable.
         *
         * <p>A process that was killed may have left the file's name and the newest header in the
         * page cache only. Frames that name this header must not reach the disk before it does.
         */
        Settled settle(Attempt attempt, boolean isUnsettled, boolean isHeaderStale) {
            if (erasures.failure() != null) {
                return new Settled(false, erasures.failure());
            }
            try {
                disk.forceDirectory();
                erasures.ledger().settle();
                HeaderSlots.write(file, header);
                if (isUnsettled) {
                    new TailSettler(file).settle(attempt.replay().provenEnd(), attempt.end(), size);
                } else {
                    file.force();
                }
                if (isHeaderStale) {
                    headerSync.update(before -> reached(before, attempt));
                }
                return new Settled(isUnsettled, null);
            } catch (StorageException e) {
                return new Settled(false, e.getMessage());
            }
        }

        /** The header of the replayed log. */
        private Header reached(Header before, Attempt attempt) {
            Replay replay = attempt.replay();
            FrameHeader dictionary = replay.dictionaryFrame();
            // Of what was acknowledged something may be missing, and somebody may have seen it.
            long epoch = before.isInterval() ? before.epoch() + 1 : before.epoch();
            return before.toBuilder()
                    .isInterval(options.isInterval())
                    .epoch(epoch)
                    .fileSize(size)
                    .dataSize(attempt.end() - Header.DATA_OFFSET)
                    .walSequence(replay.chain().sequence())
                    .lastModified(replay.chain().commitTime())
                    .lastDigest(replay.chain().digest())
                    .entityCount(replay.entityCount())
                    .tagDictOffset(
                            dictionary == null ? before.tagDictOffset() : dictionary.position())
                    .tagDictSize(dictionary == null ? before.tagDictSize() : dictionary.length())
                    .build();
        }
    }
}
