package io.entitydb.search;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.InvalidEntityException;
import io.entitydb.entity.Tag;
import io.entitydb.storage.error.CorruptDataException;

import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/**
 * The form of a version in the index.
 *
 * <p>Nothing is stored but what identifies the version: its id and number, as values beside the
 * documents. Commit times grow strictly with the sequence, so the order of {@link #FROM} is the
 * order of {@link #UPDATED}. Terms begin with the dataset, which cannot contain {@link #SEPARATOR}.
 */
final class Documents {

    /** Dataset and id of a newest version; the handle by which it is replaced. */
    static final String KEY = "key";

    /** Dataset and id of a version in the past. */
    static final String PAST_KEY = "past.key";

    /** The id, ordered by its bytes of UTF-8. */
    static final String ID = "id";

    /** The id once more, where it is read without a dictionary of all ids. */
    static final String NAME = "name";

    /** Number of the version within the entity. */
    static final String VERSION = "version";

    /** Transaction that wrote the version. */
    static final String FROM = "from";

    /** Transaction that wrote the following version; only in the past. */
    static final String TO = "to";

    /**
     * {@link #FROM} and {@link #TO} as a point of two dimensions, only in the past: what was valid
     * at a transaction is found without a look at every version.
     */
    static final String VALIDITY = "validity";

    /** Dataset of versions that were removed from history. */
    static final String RETIRED = "retired";

    /** Commit time of the version, in nanoseconds since 1970. */
    static final String UPDATED = "updated";

    /** Commit time of the version that began the entity's life, in nanoseconds since 1970. */
    static final String CREATED = "created";

    /** Nothing is ranked, so no lengths are kept. */
    private static final FieldType WORDS = words();

    /** Between a dataset and what it holds. */
    static final char SEPARATOR = '\0';

    private Documents() {}

    /** The newest version of an entity. */
    static Document current(Entity entity) {
        Document document = common(Layer.CURRENT, entity);
        document.add(term(KEY, keyText(entity.key())));
        return document;
    }

    /**
     * A version that another has followed.
     *
     * @param to the transaction that wrote the following one
     */
    static Document past(Entity entity, long to) {
        Document document = common(Layer.PAST, entity);
        addEnd(document, entity.key(), entity.version().transaction(), to);
        return document;
    }

    /**
     * Stands for versions that were removed from history: nobody knows what they held, nor from
     * when on.
     *
     * @param version the last of them
     * @param to the transaction that wrote the following one
     */
    static Document retired(EntityKey key, long version, long to) {
        Document document = new Document();
        addId(document, key);
        document.add(new NumericDocValuesField(VERSION, version));
        document.add(new LongField(FROM, 0, Field.Store.NO));
        addEnd(document, key, 0, to);
        document.add(term(RETIRED, key.dataset()));
        return document;
    }

    private static void addId(Document document, EntityKey key) {
        BytesRef id = utf8(key.id());
        document.add(SortedDocValuesField.indexedField(ID, id));
        document.add(new BinaryDocValuesField(NAME, id));
    }

    private static void addEnd(Document document, EntityKey key, long from, long to) {
        document.add(new LongPoint(VALIDITY, from, to));
        document.add(new NumericDocValuesField(TO, to));
        document.add(term(PAST_KEY, keyText(key)));
    }

    /** The handle of an entity's newest version. */
    static Term key(EntityKey key) {
        return new Term(KEY, utf8(keyText(key)));
    }

    /** The versions of an entity up to a number, present and past. */
    static Query versions(EntityKey key, long version) {
        Query isItsOwn =
                new BooleanQuery.Builder()
                        .add(new TermQuery(key(key)), Occur.SHOULD)
                        .add(new TermQuery(new Term(PAST_KEY, keyText(key))), Occur.SHOULD)
                        .build();
        return new BooleanQuery.Builder()
                .add(isItsOwn, Occur.FILTER)
                .add(NumericDocValuesField.newSlowRangeQuery(VERSION, 0, version), Occur.FILTER)
                .build();
    }

    /** The term of a tag, or of its beginning, within a dataset. */
    static String tagText(String dataset, String namespace, String value) {
        return dataset + SEPARATOR + namespace + ":" + value;
    }

    private static Document common(Layer layer, Entity entity) {
        String dataset = entity.key().dataset();
        Document document = new Document();
        addId(document, entity.key());
        document.add(new NumericDocValuesField(VERSION, entity.version().number()));
        document.add(new LongField(FROM, entity.version().transaction(), Field.Store.NO));
        document.add(new LongField(UPDATED, entity.version().at().epochNanos(), Field.Store.NO));
        document.add(new LongField(CREATED, entity.createdAt().epochNanos(), Field.Store.NO));
        String life = entity.isDeleted() ? layer.deleted() : layer.active();
        document.add(term(life, dataset));
        for (Tag tag : entity.tags().keySet()) {
            document.add(term(layer.tags(), tagText(dataset, tag.namespace(), tag.value())));
        }
        addText(document, layer, entity);
        return document;
    }

    private static Field term(String field, String text) {
        return new StringField(field, utf8(text), Field.Store.NO);
    }

    /** The JDK encodes several characters in a step, Lucene one after the other. */
    private static BytesRef utf8(String text) {
        return new BytesRef(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A damaged content is marked: what it says is not known. */
    private static void addText(Document document, Layer layer, Entity entity) {
        try {
            for (String text : ContentText.of(entity.content())) {
                document.add(new Field(layer.text(), Words.normalize(text), WORDS));
            }
        } catch (CorruptDataException e) {
            document.add(term(layer.unread(), entity.key().dataset()));
        }
    }

    private static FieldType words() {
        FieldType words = new FieldType();
        words.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
        words.setOmitNorms(true);
        words.freeze();
        return words;
    }

    /** The entity of a handle; null if it is none. */
    static @Nullable EntityKey keyOf(String text) {
        int separator = text.indexOf(SEPARATOR);
        try {
            return separator < 0
                    ? null
                    : new EntityKey(text.substring(0, separator), text.substring(separator + 1));
        } catch (InvalidEntityException e) {
            return null;
        }
    }

    /** Dataset and id, as the handle of an entity is written. */
    static String keyText(EntityKey key) {
        return key.dataset() + SEPARATOR + key.id();
    }
}
