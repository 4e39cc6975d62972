package io.entitydb.search;

import io.entitydb.entity.Digest;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.repair.Finding;
import io.entitydb.storage.repair.FindingCode;
import io.entitydb.storage.repair.Findings;
import io.entitydb.storage.repair.SequenceRange;
import io.entitydb.storage.repair.VersionWitness;

import lombok.RequiredArgsConstructor;

import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;

/**
 * Compares the search index of a store that nobody has open with its log: that it verifies, that it
 * belongs to this history, and that it holds the documents of all versions up to its position, and
 * no others. What the log says behind that position is no matter: the index catches up when the
 * store is opened. Changes nothing. Serves one thread.
 *
 * <p><b>Memory.</b> See {@link DocumentSums} and {@link IndexedDocuments}; where something differs,
 * a small part of the documents.
 */
@RequiredArgsConstructor
public final class SearchVerification implements VersionWitness {

    /** Name of the index's directory within the data directory. */
    static final String DIRECTORY = "query";

    private static final IndexStamp NOTHING =
            IndexStamp.empty(new IndexOrigin(new UUID(0, 0), 0), new UUID(0, 0));

    private final Path path;
    private final DocumentSums expected = new DocumentSums();
    private @Nullable CommittedIndex index;
    private IndexStamp stamp = NOTHING;
    private @Nullable String skipped;
    private long sequence;
    private boolean isReached;

    /** A check of the index of a data directory. */
    public static SearchVerification of(Path dataDirectory) {
        return new SearchVerification(dataDirectory.resolve(DIRECTORY));
    }

    @Override
    public void begin(Header header, Findings findings) {
        IndexOrigin origin = IndexOrigin.of(header);
        try {
            index = CommittedIndex.open(path);
            if (index == null) {
                skipped = "search index: there is none; it is built when a service opens the store";
                return;
            }
            IndexStamp found = index.stamp();
            if (found == null || !found.isOf(origin, header.identity().fileId())) {
                report(
                        findings,
                        FindingCode.SEARCH_FOREIGN,
                        "an index of " + origin,
                        found == null ? "one of another form" : "one of " + found.origin());
                close();
                return;
            }
            stamp = found;
        } catch (CommittedIndex.Unusable e) {
            findings.add(
                    finding(
                            e.isDamaged() ? FindingCode.SEARCH_DAMAGED : FindingCode.UNREADABLE,
                            e.file().isEmpty() ? DIRECTORY : DIRECTORY + "/" + e.file(),
                            "an index",
                            String.valueOf(e.getMessage())));
        }
    }

    @Override
    public void version(Entity version, @Nullable Entity previous) {
        if (index != null && version.version().transaction() <= stamp.sequence()) {
            ExpectedDocuments.of(version, previous, this::expect);
        }
    }

    private void expect(ExpectedDocuments.Expected document, boolean isAdded) {
        int part = partOf(document.key());
        try {
            long hash = document.hash();
            expected.add(part, isAdded ? hash : -hash);
        } catch (StorageIoException e) {
            // The check of contents reports it.
            expected.hide(part);
        }
    }

    private static int partOf(EntityKey key) {
        return DocumentSums.partOf(new BytesRef(Documents.keyText(key)));
    }

    @Override
    public void transaction(long number, Digest digest) {
        sequence = number;
        isReached |= number == stamp.sequence() && digest.equals(stamp.digest());
    }

    /** Behind its position, the index may know of an erasure already, and need not. */
    @Override
    public void erased(EntityKey key) {
        if (sequence >= stamp.sequence()) {
            hidden(key);
        }
    }

    @Override
    public void hidden(EntityKey key) {
        expected.hide(partOf(key));
    }

    @Override
    public void end(Ending ending) {
        if (skipped != null) {
            ending.skipped().add(skipped);
        }
        if (index == null) {
            return;
        }
        if (!ending.isWhole()) {
            ending.skipped().add("search index: damage in the log hides what it should hold");
        } else if (isReached) {
            compare(index, ending);
        } else {
            report(
                    ending.findings(),
                    FindingCode.SEARCH_FOREIGN,
                    "transaction " + stamp.sequence() + " with digest " + stamp.digest(),
                    sequence < stamp.sequence()
                            ? "a log that ends with transaction " + sequence
                            : "another history in the log");
        }
    }

    private void compare(CommittedIndex present, Ending ending) {
        try {
            DocumentSums actual = new DocumentSums();
            IndexedDocuments.of(present.reader(), new BitSet())
                    .forEach((part, hash, name) -> actual.add(part, hash));
            BitSet parts = expected.differences(actual);
            if (!parts.isEmpty()) {
                DocumentDifferences differences = new DocumentDifferences(parts);
                differences.readLog(ending.versions(), stamp.sequence());
                differences.readIndex(present.reader());
                differences.report(ending.findings());
            }
            if (expected.hiddenParts() > 0) {
                ending.skipped()
                        .add(
                                "search index: %d of %d parts, because of erasures that it need not know, or of what cannot be read"
                                        .formatted(expected.hiddenParts(), DocumentSums.PARTS));
            }
        } catch (IOException e) {
            report(
                    ending.findings(),
                    FindingCode.SEARCH_DAMAGED,
                    "an index",
                    String.valueOf(e.getMessage()));
        }
    }

    private static void report(Findings findings, FindingCode code, String expected, String found) {
        findings.add(finding(code, DIRECTORY, expected, found));
    }

    private static Finding finding(FindingCode code, String file, String expected, String found) {
        return new Finding(code, file, 0, 0, SequenceRange.NONE, List.of(), expected, found);
    }

    @Override
    public void close() {
        CommittedIndex present = index;
        index = null;
        if (present != null) {
            try {
                present.close();
            } catch (IOException e) {
                throw new UncheckedIOException("search files cannot be closed", e);
            }
        }
    }
}
