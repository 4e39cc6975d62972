package io.entitydb.storage.repair;

import io.entitydb.entity.Content;
import io.entitydb.entity.Digest;
import io.entitydb.entity.EntityDbException;
import io.entitydb.entity.EntityKey;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.log.ContentPieces;
import io.entitydb.storage.log.ErasedForm;
import io.entitydb.storage.log.Frame;
import io.entitydb.storage.log.RawRecord;
import io.entitydb.storage.log.TagDictionary;
import io.entitydb.storage.log.VersionRecord;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;

import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells what is left of single records: whether a version can be kept with its content, or where
 * else its content can be taken from.
 */
@RequiredArgsConstructor
final class Pieces {

    private final SourceFile primary;
    private final List<TransactionFinder> copies;
    private final DamageLog damage;
    private final Erasures erasures;

    /** Versions of the primary file that are kept without their content, by position. */
    private final Set<Long> ruined = new HashSet<>();

    /** Contents of versions that were taken from elsewhere: key and digest of the content. */
    private final Set<Taken> taken = new HashSet<>();

    private record Taken(EntityKey key, Digest contentDigest) {}

    /** What is left of a record of the primary file. */
    Step.Piece of(RawRecord record, long sequence) {
        VersionRecord version = record.asVersion();
        if (version == null) {
            return new Step.Bare(record.digest());
        }
        EntityKey key = keyOf(version, primary);
        if (key != null && isErased(version, key)) {
            return new Step.Whole(erased(version), primary);
        }
        if (key != null && hasContent(version, key)) {
            if (damage.isDamaged(version.position())) {
                take(version, primary, key);
            }
            return new Step.Whole(version, primary);
        }
        Step.Whole copy = copyOf(record.digest(), sequence);
        if (copy == null) {
            ruined.add(version.position());
            return new Step.Ruined(record.digest(), key);
        }
        return copy;
    }

    /** What is left of a record of which the primary file has the digest only. */
    Step.Piece of(Digest digest, long sequence) {
        Step.Whole copy = copyOf(digest, sequence);
        return copy == null ? new Step.Ruined(digest, null) : copy;
    }

    /** What a copy holds of a record that the primary file does not. */
    Step.Piece ofCopy(RawRecord record, SourceFile source) {
        VersionRecord version = record.asVersion();
        if (version == null) {
            return new Step.Bare(record.digest());
        }
        EntityKey key = keyOf(version, source);
        if (key != null && isErased(version, key)) {
            return new Step.Whole(erased(version), source);
        }
        if (key == null || !isReadable(version, source)) {
            return new Step.Ruined(record.digest(), key);
        }
        take(version, source, key);
        return new Step.Whole(version, source);
    }

    private Step.@Nullable Whole copyOf(Digest digest, long sequence) {
        for (TransactionFinder finder : copies) {
            Frame frame = finder.find(sequence);
            if (frame == null) {
                continue;
            }
            for (RawRecord record : frame.records()) {
                if (record.digest().equals(digest)
                        && ofCopy(record, finder.source()) instanceof Step.Whole whole) {
                    return whole;
                }
            }
        }
        return null;
    }

    private void take(VersionRecord version, SourceFile source, EntityKey key) {
        taken.add(new Taken(key, contentOf(version, source).digest()));
    }

    private boolean isErased(VersionRecord version, EntityKey key) {
        return version.isErased() || erasures.cover(key, version);
    }

    private static VersionRecord erased(VersionRecord version) {
        return version.isErased() ? version : ErasedForm.of(version);
    }

    private static Content contentOf(VersionRecord version, SourceFile source) {
        return version.toEntity(source.reader()).content();
    }

    private static @Nullable EntityKey keyOf(VersionRecord version, SourceFile source) {
        try {
            TagDictionary dictionary = source.reader().dictionary();
            return version.key(dictionary);
        } catch (StorageException | EntityDbException | IllegalArgumentException e) {
            return null;
        }
    }

    private boolean hasContent(VersionRecord version, EntityKey key) {
        if (damage.count() == 0 && primary.hasAllWords()) {
            return true;
        }
        try {
            contentOf(version, primary);
            TagDictionary dictionary = primary.reader().dictionary();
            for (long position : version.chunkPositions(dictionary)) {
                if (damage.isDamaged(position)) {
                    primary.reader().readChunk(position, key);
                }
            }
            if (!version.isContentEarlier()) {
                return true;
            }
            long holder = version.contentPosition(dictionary);
            boolean isSafe = !damage.isDamaged(holder) && !ruined.contains(holder);
            return isSafe
                    || taken.contains(new Taken(key, contentOf(version, primary).digest()))
                    || (!ruined.contains(holder) && isReadable(version, primary));
        } catch (StorageException e) {
            return false;
        }
    }

    /** Reads all of a content and compares its digest. */
    private static boolean isReadable(VersionRecord version, SourceFile source) {
        try {
            ContentPieces.each(contentOf(version, source), piece -> {});
            return true;
        } catch (StorageException | EntityDbException | UncheckedIOException e) {
            return false;
        }
    }
}
