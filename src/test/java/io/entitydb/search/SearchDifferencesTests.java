package io.entitydb.search;

import static io.entitydb.search.SearchFixture.key;
import static io.entitydb.search.SearchFixture.put;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Content;
import io.entitydb.entity.Entity;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.repair.ConcernedEntity;
import io.entitydb.storage.repair.Finding;
import io.entitydb.storage.repair.FindingCode;
import io.entitydb.storage.repair.VerificationReport;

import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Documents that an index has and should not have, and the other way round, are found. */
class SearchDifferencesTests extends IndexedStore {

    @Test
    void erasureThatTheIndexHasMissedIsFound() throws IOException {
        use(data(), this::fill);
        Path before = directory.resolve("before");
        FileSystemUtils.copyRecursively(index(), before);
        use(
                data(),
                engine -> {
                    engine.erase(key("e1"), "test");
                    put("e2", "type:x").commitTo(engine);
                });
        IndexStamp reached = stamp();
        // The documents of before, with the stamp of afterwards and all that it asks for but the
        // erasure.
        FileSystemUtils.deleteRecursively(index());
        FileSystemUtils.copyRecursively(before, index());
        try (StorageEngine engine = open(data())) {
            Entity newest = engine.snapshot().latest(key("e2")).orElseThrow();
            Entity followed =
                    engine.snapshot()
                            .version(key("e2"), newest.version().number() - 1)
                            .orElseThrow();
            try (IndexWriter writer = writer()) {
                writer.addDocument(Documents.past(followed, newest.version().transaction()));
                writer.updateDocument(Documents.key(key("e2")), Documents.current(newest));
                writer.setLiveCommitData(reached.write().entrySet());
                writer.commit();
            }
        }

        assertThat(only(FindingCode.SEARCH_DISAGREES).entities())
                .containsExactly(new ConcernedEntity(key("e1"), true));
    }

    private Finding disagreement(String id) throws IOException {
        Finding finding = only(FindingCode.SEARCH_DISAGREES);
        assertThat(finding.isDamage()).isTrue();
        assertThat(finding.entities()).containsExactly(new ConcernedEntity(key(id), true));
        return finding;
    }

    @Test
    void missingDocumentIsFound() throws IOException {
        use(data(), this::fill);
        tamper(writer -> writer.deleteDocuments(Documents.key(key("e5"))));

        Finding finding = disagreement("e5");

        assertThat(finding.expected()).isEqualTo("a document of version 3 as the newest");
        assertThat(finding.found()).isEqualTo("nothing");
    }

    @Test
    void missingVersionOfThePastIsFound() throws IOException {
        use(data(), this::fill);
        tamper(writer -> writer.deleteDocuments(new Term(Documents.PAST_KEY, "default\0e5")));

        Finding finding = disagreement("e5");

        assertThat(finding.expected()).isEqualTo("a document of version 1, version 2");
    }

    @Test
    void documentOfAnEntityThatTheLogDoesNotKnowIsFound() throws IOException {
        use(data(), this::fill);
        Entity other = newest("e5");
        Entity stranger =
                new Entity(
                        key("stranger"),
                        other.version(),
                        other.createdAt(),
                        other.createdBy(),
                        other.tags(),
                        other.content());
        tamper(writer -> writer.addDocument(Documents.current(stranger)));

        Finding finding = disagreement("stranger");

        assertThat(finding.expected()).isEqualTo("nothing");
        assertThat(finding.found()).isEqualTo("a document of version 3 as the newest");
    }

    @Test
    void documentThatIsThereTwiceIsFound() throws IOException {
        use(data(), this::fill);
        Entity entity = newest("e5");
        tamper(writer -> writer.addDocument(Documents.current(entity)));

        disagreement("e5");
    }

    @Test
    void staleDocumentIsFound() throws IOException {
        use(data(), this::fill);
        Entity stale = version("e5", 2);
        tamper(writer -> writer.updateDocument(Documents.key(key("e5")), Documents.current(stale)));

        Finding finding = disagreement("e5");

        assertThat(finding.expected()).isEqualTo("a document of version 3 as the newest");
        assertThat(finding.found()).isEqualTo("another document of version 2 as the newest");
    }

    /** Every field counts: each is left out, and each term is made another one. */
    @Test
    void documentWithAnotherFieldIsFound() throws IOException {
        use(data(), this::fill);
        Document right = Documents.current(newest("e5"));
        Set<String> fields = new HashSet<>();
        right.forEach(field -> fields.add(field.name()));
        // Lucene refuses documents of a sorted index that lack what they are sorted by.
        fields.removeAll(Set.of(Documents.KEY));
        for (String field : fields) {
            Document wrong = Documents.current(newest("e5"));
            wrong.removeFields(field);
            tamper(writer -> writer.updateDocument(Documents.key(key("e5")), wrong));

            disagreement("e5");
        }
        Document more = Documents.current(newest("e5"));
        more.add(new StringField(Layer.CURRENT.tags(), "default\0type:y", Field.Store.NO));
        tamper(writer -> writer.updateDocument(Documents.key(key("e5")), more));
        disagreement("e5");

        tamper(writer -> writer.updateDocument(Documents.key(key("e5")), right));
        assertSound();
    }

    @Test
    void documentWithAnotherWordIsFound() throws IOException {
        use(data(), this::fill);
        Entity text = newest("text");
        Entity other =
                new Entity(
                        text.key(),
                        text.version(),
                        text.createdAt(),
                        text.createdBy(),
                        text.tags(),
                        Content.of("text/plain", utf8("one two three two One four")));
        tamper(
                writer ->
                        writer.updateDocument(Documents.key(text.key()), Documents.current(other)));

        disagreement("text");
    }

    /** A sum over all fields of all documents would not notice it. */
    @Test
    void swappedTagsOfTwoEntitiesAreFound() throws IOException {
        use(
                data(),
                engine -> {
                    put("a", "color:red").commitTo(engine);
                    put("b", "color:blue").commitTo(engine);
                });
        Entity a = newest("a");
        Entity b = newest("b");
        tamper(
                writer -> {
                    writer.updateDocument(
                            Documents.key(a.key()), Documents.current(withTagsOf(a, b)));
                    writer.updateDocument(
                            Documents.key(b.key()), Documents.current(withTagsOf(b, a)));
                });

        assertThat(verify().findings())
                .hasSize(2)
                .allMatch(finding -> finding.code() == FindingCode.SEARCH_DISAGREES);
    }

    private static Entity withTagsOf(Entity entity, Entity other) {
        return new Entity(
                entity.key(),
                entity.version(),
                entity.createdAt(),
                entity.createdBy(),
                other.tags(),
                entity.content());
    }

    @Test
    void manyDifferencesAreSummedUp() throws IOException {
        use(data(), this::fill);
        tamper(
                writer -> {
                    writer.deleteAll();
                });
        VerificationReport few = verify();
        assertThat(few.findings()).hasSize(17);

        use(
                data(),
                engine -> {
                    for (int i = 0; i < 150; i++) {
                        put("more" + i, "type:x").commitTo(engine);
                    }
                });
        tamper(
                writer -> {
                    writer.deleteAll();
                });

        VerificationReport many = verify();

        assertThat(many.findings().size()).isBetween(60, 101);
        assertThat(many.findings())
                .last()
                .satisfies(finding -> assertThat(finding.found()).contains("of 4096 parts"));
    }
}
