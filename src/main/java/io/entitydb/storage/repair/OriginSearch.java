package io.entitydb.storage.repair;

import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.error.UnsupportedFormatException;
import io.entitydb.storage.header.FileIdentity;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.header.HeaderSlots;
import io.entitydb.storage.header.LostHeader;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.log.Checksum;
import io.entitydb.storage.log.FrameReader;
import io.entitydb.storage.log.FrameSearch;
import io.entitydb.storage.log.SeedSearch;

import org.jspecify.annotations.Nullable;

/**
 * Finds out what a data file is. Where no header slot is valid, one that is but for a bit is
 * mended, see {@link LostHeader#mended}; otherwise the ids that stand in a damaged slot count if
 * some frame verifies with them; otherwise the checksums follow from a frame alone, see {@link
 * SeedSearch}, and the name of the store stays unknown.
 */
final class OriginSearch {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** An epoch above it was never counted up to. */
    private static final long LIKELY_EPOCHS = 1_000_000;

    private final DiskFile file;
    private final long now;
    private final long limit;

    /**
     * A search in a file that is open.
     *
     * @param now nanoseconds since 1970
     */
    OriginSearch(DiskFile file, long now) {
        this.file = file;
        this.now = now;
        limit = file.size() & -Header.FRAME_ALIGNMENT;
    }

    /**
     * What the file is.
     *
     * @throws UnsupportedFormatException if it is no store, or of another version
     * @throws CorruptDataException if nothing tells
     */
    Origin run() {
        HeaderSlots slots = HeaderSlots.read(file);
        try {
            return Origin.of(slots.newest(), true);
        } catch (CorruptDataException | UnsupportedFormatException e) {
            return withoutHeader(e);
        }
    }

    private Origin withoutHeader(StorageException refusal) {
        if (limit < Header.DATA_OFFSET
                || LostHeader.isOfOtherVersion(file, 0)
                || LostHeader.isOfOtherVersion(file, 1)) {
            throw refusal;
        }
        file.map(limit);
        Header mended = newerMended();
        if (mended != null) {
            return Origin.of(mended, false);
        }
        LostHeader a = LostHeader.read(file, 0);
        LostHeader b = LostHeader.read(file, 1);
        LostHeader proven =
                a != null && isProven(a.identity())
                        ? a
                        : b != null && isProven(b.identity()) ? b : null;
        if (proven != null) {
            FileIdentity identity = proven.identity();
            return new Origin(
                    identity.storeId(),
                    identity.createdAt(),
                    likelyEpoch(proven.epoch()),
                    true,
                    new Checksum(identity),
                    null,
                    false);
        }
        Checksum checksum = SeedSearch.find(file, limit);
        if (checksum == null) {
            throw refusal;
        }
        return new Origin(null, 0, likelyEpoch(0), true, checksum, null, false);
    }

    private @Nullable Header newerMended() {
        Header newest = null;
        for (int slot = 0; slot < 2; slot++) {
            Header mended = LostHeader.mended(file, slot);
            if (mended != null
                    && isProven(mended.identity())
                    && (newest == null || mended.generation() > newest.generation())) {
                newest = mended;
            }
        }
        return newest;
    }

    /** An epoch must be above all earlier ones; where it is lost, the time is. */
    private long likelyEpoch(long epoch) {
        return epoch >= 1 && epoch <= LIKELY_EPOCHS ? epoch : now / NANOS_PER_SECOND;
    }

    private boolean isProven(FileIdentity identity) {
        FrameReader frames = new FrameReader(file, identity);
        return new FrameSearch(file, frames, Header.DATA_OFFSET, limit)
                        .next(Header.DATA_OFFSET)
                        .header()
                != null;
    }
}
