package io.entitydb.search;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.TermToBytesRefAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.IndexableFieldType;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.NumericUtils;
import org.apache.lucene.util.StringHelper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Hashes of what a field puts into an index. Their sum over the fields is the same whether it is
 * taken from a document that is about to be indexed or put together from the terms, values and
 * points of an index, which stand in another order there. Knows no field by name, so that whatever
 * {@link Documents} writes is compared. A word counts once, wherever it stands in a text.
 */
final class FieldHash {

    private FieldHash() {}

    /** A term, once for each document that has it. */
    static long term(String field, BytesRef term) {
        return of(field, 't', term);
    }

    /** A value beside the document. */
    static long value(String field, BytesRef value) {
        return of(field, 'v', value);
    }

    /** A number beside the document. */
    static long value(String field, long value) {
        return of(field, 'n', bytes(value));
    }

    /** A point. */
    static long point(String field, BytesRef packed) {
        return of(field, 'p', packed);
    }

    /** The hash of a document, from the sum over its fields. */
    static long document(long sum) {
        return of("", 'd', bytes(sum));
    }

    /** The hash of a document that would be indexed. */
    static long of(Document document) {
        Set<Term> terms = new HashSet<>();
        long sum = 0;
        for (IndexableField field : document) {
            if (field.fieldType().indexOptions() != IndexOptions.NONE) {
                addTerms(field, terms);
            }
            sum += besideTerms(field);
        }
        for (Term term : terms) {
            sum += term(term.field(), term.bytes());
        }
        return document(sum);
    }

    private static void addTerms(IndexableField field, Set<Term> terms) {
        if (!field.fieldType().tokenized()) {
            terms.add(new Term(field.name(), bytes(field)));
            return;
        }
        try (TokenStream words =
                Words.ANALYZER.tokenStream(field.name(), String.valueOf(field.stringValue()))) {
            TermToBytesRefAttribute word = words.getAttribute(TermToBytesRefAttribute.class);
            words.reset();
            while (words.incrementToken()) {
                terms.add(new Term(field.name(), BytesRef.deepCopyOf(word.getBytesRef())));
            }
            words.end();
        } catch (IOException e) {
            throw new UncheckedIOException("text in memory cannot be read", e);
        }
    }

    private static long besideTerms(IndexableField field) {
        IndexableFieldType type = field.fieldType();
        long sum = 0;
        if (type.docValuesType() != DocValuesType.NONE) {
            Number number = field.numericValue();
            sum +=
                    number == null
                            ? value(field.name(), bytes(field))
                            : value(field.name(), number.longValue());
        }
        if (type.pointDimensionCount() > 0) {
            sum += point(field.name(), bytes(field));
        }
        return sum;
    }

    private static BytesRef bytes(IndexableField field) {
        BytesRef bytes = field.binaryValue();
        return bytes == null ? new BytesRef(field.stringValue()) : bytes;
    }

    private static BytesRef bytes(long value) {
        byte[] bytes = new byte[Long.BYTES];
        NumericUtils.longToSortableBytes(value, bytes, 0);
        return new BytesRef(bytes);
    }

    private static long of(String field, char kind, BytesRef bytes) {
        int seed = 31 * field.hashCode() + kind;
        return StringHelper.murmurhash3_x64_128(bytes.bytes, bytes.offset, bytes.length, seed)[0];
    }
}
