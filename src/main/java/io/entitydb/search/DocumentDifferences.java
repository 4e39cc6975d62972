package io.entitydb.search;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.repair.ConcernedEntity;
import io.entitydb.storage.repair.Finding;
import io.entitydb.storage.repair.FindingCode;
import io.entitydb.storage.repair.Findings;
import io.entitydb.storage.repair.SequenceRange;
import io.entitydb.storage.repair.VersionWitness;

import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.util.BytesRef;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Finds out in which entities an index and the log differ: reads both once more, for a few of the
 * parts that differ. Serves one thread.
 */
final class DocumentDifferences {

    /** Parts that are looked at: at ten million entities, each has about 2,500. */
    private static final int MAX_PARTS = 64;

    /** Entities that are named. */
    private static final int MAX_NAMED = 100;

    private final BitSet parts = new BitSet(DocumentSums.PARTS);
    private final int differingParts;

    /** How often the log asks for a document, less how often the index holds it. */
    private final Map<Long, Integer> balance = new HashMap<>();

    private final Map<Long, IndexedDocuments.Name> names = new HashMap<>();

    /** The differences in the first of some parts. */
    DocumentDifferences(BitSet differing) {
        differingParts = differing.cardinality();
        differing.stream().limit(MAX_PARTS).forEach(parts::set);
    }

    /** Takes what the log asks for, up to a transaction. */
    void readLog(VersionWitness.Versions versions, long lastSequence) {
        versions.forEach(
                (version, previous) -> {
                    if (version.version().transaction() <= lastSequence) {
                        ExpectedDocuments.of(version, previous, this::expect);
                    }
                });
    }

    private void expect(ExpectedDocuments.Expected document, boolean isAdded) {
        String key = Documents.keyText(document.key());
        if (parts.get(DocumentSums.partOf(new BytesRef(key)))) {
            boolean isCurrent = document instanceof ExpectedDocuments.Expected.Current;
            count(
                    document.hash(),
                    isAdded ? 1 : -1,
                    new IndexedDocuments.Name(key, isCurrent, document.version()));
        }
    }

    /** Takes what the index holds. */
    void readIndex(DirectoryReader reader) throws IOException {
        IndexedDocuments.of(reader, parts)
                .forEach(
                        (part, hash, name) -> {
                            if (name != null) {
                                count(hash, -1, name);
                            }
                        });
    }

    private void count(long hash, int change, IndexedDocuments.Name name) {
        int count = balance.merge(hash, change, Integer::sum);
        if (count == 0) {
            balance.remove(hash);
            names.remove(hash);
        } else {
            names.put(hash, name);
        }
    }

    /** Reports the entities, the first ones by their names. */
    void report(Findings findings) {
        Map<String, Sides> entities = new TreeMap<>();
        balance.forEach(
                (hash, count) -> {
                    IndexedDocuments.Name name = Objects.requireNonNull(names.get(hash));
                    entities.computeIfAbsent(name.key(), _ -> new Sides()).add(count > 0, name);
                });
        entities.entrySet().stream()
                .limit(MAX_NAMED)
                .forEach(entity -> findings.add(finding(entity.getKey(), entity.getValue())));
        boolean isAll = differingParts == parts.cardinality();
        if (!isAll || entities.isEmpty() || entities.size() > MAX_NAMED) {
            findings.add(
                    finding(
                            List.of(),
                            "the versions of the log",
                            "other sums in %d of %d parts; %d entities differ in the %d parts looked at"
                                    .formatted(
                                            differingParts,
                                            DocumentSums.PARTS,
                                            entities.size(),
                                            parts.cardinality())));
        }
    }

    private static Finding finding(String keyText, Sides sides) {
        EntityKey key = Documents.keyOf(keyText);
        return finding(
                key == null ? List.of() : List.of(new ConcernedEntity(key, true)),
                Sides.text(sides.log, "a document of "),
                Sides.text(
                        sides.index,
                        sides.log.isEmpty() ? "a document of " : "another document of "));
    }

    private static Finding finding(List<ConcernedEntity> entities, String expected, String found) {
        return new Finding(
                FindingCode.SEARCH_DISAGREES,
                SearchVerification.DIRECTORY,
                0,
                0,
                SequenceRange.NONE,
                entities,
                expected,
                found);
    }

    /** What only the log asks for, and what only the index holds. */
    private static final class Sides {

        private static final int MOST = 10;

        private final List<IndexedDocuments.Name> log = new ArrayList<>();
        private final List<IndexedDocuments.Name> index = new ArrayList<>();

        private void add(boolean isOfLog, IndexedDocuments.Name name) {
            (isOfLog ? log : index).add(name);
        }

        private static String text(List<IndexedDocuments.Name> side, String beginning) {
            if (side.isEmpty()) {
                return "nothing";
            }
            String versions =
                    side.stream()
                            .sorted(Comparator.comparingLong(IndexedDocuments.Name::version))
                            .limit(MOST)
                            .map(
                                    name ->
                                            "version "
                                                    + name.version()
                                                    + (name.isCurrent() ? " as the newest" : ""))
                            .collect(Collectors.joining(", "));
            String more = side.size() > MOST ? " and " + (side.size() - MOST) + " more" : "";
            return beginning + versions + more;
        }
    }
}
