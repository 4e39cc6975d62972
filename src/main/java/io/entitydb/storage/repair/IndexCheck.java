package io.entitydb.storage.repair;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.error.UnsupportedFormatException;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.index.ImageHeader;
import io.entitydb.storage.index.ImageScan;
import io.entitydb.storage.index.KeyHash;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.log.FrameChain;

import org.jspecify.annotations.Nullable;

import java.util.BitSet;
import java.util.List;

/**
 * Compares the image of the entity index with the log that goes by. Holds sums, not entries: see
 * {@link IndexSums}. Serves one thread.
 */
final class IndexCheck implements AutoCloseable {

    private final ImageScan image;
    private final Findings findings;
    private boolean isCovered;
    private @Nullable String foreign;
    private @Nullable IndexSums atBorder;

    private IndexCheck(ImageScan image, Findings findings) {
        this.image = image;
        this.findings = findings;
    }

    /** The check of a directory's image; null if there is none that can be compared. */
    static @Nullable IndexCheck open(Disk disk, Header header, Findings findings) {
        try {
            ImageScan image = ImageScan.open(disk);
            if (image == null) {
                return null;
            }
            if (image.header().fileId().equals(header.identity().fileId())) {
                return new IndexCheck(image, findings);
            }
            image.close();
            report(
                    findings,
                    FindingCode.INDEX_FOREIGN,
                    0,
                    "an image of file " + header.identity().fileId(),
                    "one of file " + image.header().fileId());
        } catch (CorruptDataException e) {
            report(findings, FindingCode.INDEX_DAMAGED, e.position(), "an image", e.reason());
        } catch (UnsupportedFormatException e) {
            report(findings, FindingCode.INDEX_DAMAGED, 0, "an image", e.found());
        } catch (StorageIoException e) {
            report(findings, FindingCode.UNREADABLE, 0, "an image", String.valueOf(e.getMessage()));
        }
        return null;
    }

    ImageHeader header() {
        return image.header();
    }

    long size() {
        return image.size();
    }

    /** The log is at a border. */
    void at(FrameChain chain, long livingEntities, IndexSums sums) {
        ImageHeader header = image.header();
        if (chain.sequence() == header.covered().sequence()) {
            isCovered |= chain.digest().equals(header.covered().digest());
        }
        FrameChain border = header.replayPoint().border();
        if (chain.position() != border.position() || foreign != null || atBorder != null) {
            return;
        }
        if (!chain.equals(border)) {
            foreign = "the log has " + chain + " there, the image " + border;
            return;
        }
        atBorder = sums.copy();
        long count = header.replayPoint().entityCount();
        if (livingEntities >= 0 && livingEntities != count) {
            report(
                    findings,
                    FindingCode.INDEX_DISAGREES,
                    0,
                    livingEntities + " living entities at " + border.position(),
                    Long.toString(count));
        }
    }

    /** What is needed to follow an entry into the log. */
    record Context(VersionLookup lookup, KeyHash keyHash, DamageMap damage) {}

    /**
     * The log is at its end.
     *
     * @return why the entries were not compared; null if they were
     */
    @Nullable String end(Context context, IndexDetail detail) {
        IndexSums expected = atBorder;
        if (expected == null || !isCovered || foreign != null) {
            if (!context.damage().isEmpty()) {
                return "entity index: damage hides the place where it would be compared";
            }
            report(
                    findings,
                    FindingCode.INDEX_FOREIGN,
                    0,
                    "a transaction "
                            + header().covered().sequence()
                            + " with digest "
                            + header().covered().digest(),
                    foreign == null ? "another history in the log" : foreign);
            return null;
        }
        try {
            IndexSums actual = sumsOfImage(context);
            BitSet differences = expected.differences(actual);
            if (!differences.isEmpty()) {
                detail.report(image, differences, findings);
            }
            int hidden = Math.max(expected.hiddenParts(), actual.hiddenParts());
            return hidden == 0
                    ? null
                    : "entity index: %d of %d parts, because of damage in the log"
                            .formatted(hidden, IndexSums.PARTS);
        } catch (CorruptDataException e) {
            report(findings, FindingCode.INDEX_DAMAGED, e.position(), "an image", e.reason());
        } catch (StorageException e) {
            report(findings, FindingCode.UNREADABLE, 0, "an image", String.valueOf(e.getMessage()));
        }
        return null;
    }

    private IndexSums sumsOfImage(Context context) {
        IndexSums sums = new IndexSums();
        long border = header().replayPoint().border().position();
        image.forEach(
                (hash, position) -> {
                    DamagedStretch stretch = context.damage().at(position);
                    if (stretch != null) {
                        stretch.prove(hash, context.keyHash());
                    }
                    long before = context.lookup().before(border, hash, position);
                    if (before == VersionLookup.UNKNOWN || stretch != null) {
                        sums.hide(hash);
                    } else if (before != VersionLookup.NONE) {
                        sums.add(hash, before);
                    }
                });
        return sums;
    }

    static void report(
            Findings findings, FindingCode code, long position, String expected, String found) {
        findings.add(
                new Finding(
                        code,
                        ImageScan.fileName(),
                        position,
                        position,
                        SequenceRange.NONE,
                        List.of(),
                        expected,
                        found));
    }

    /** One entity that the index leads to another place than the log. */
    static void report(Findings findings, EntityKey key, String expected, String found) {
        findings.add(
                new Finding(
                        FindingCode.INDEX_DISAGREES,
                        ImageScan.fileName(),
                        0,
                        0,
                        SequenceRange.NONE,
                        List.of(new ConcernedEntity(key, true)),
                        expected,
                        found));
    }

    @Override
    public void close() {
        image.close();
    }
}
