package io.entitydb.search;

import io.entitydb.query.Facet;
import io.entitydb.query.NamespaceCount;
import io.entitydb.query.ValueCount;

import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Counts the tags of an answer by namespace and value. */
final class TagCounts {

    /** The most frequent last; of equally frequent ones the later value first. */
    private static final Comparator<Counted> BY_COUNT =
            Comparator.comparingLong(Counted::count)
                    .thenComparing(Counted::value, Comparator.reverseOrder());

    private final TagTerms terms;
    private final String dataset;

    /** A value in UTF-8, by whose bytes it is ordered. */
    private record Counted(BytesRef value, long count) {

        private ValueCount shown() {
            return new ValueCount(value.utf8ToString(), count);
        }
    }

    /** Counts the tags of an answer from a dataset. */
    TagCounts(TagTerms terms, String dataset) {
        this.terms = terms;
        this.dataset = dataset;
    }

    /**
     * The most frequent values of a namespace.
     *
     * @param limit most of them
     */
    Facet facet(String namespace, int limit) throws IOException {
        PriorityQueue<Counted> top = new PriorityQueue<>(BY_COUNT);
        BytesRef beginning = beginning(namespace);
        long distinct = 0;
        terms.seek(beginning);
        for (BytesRef term = terms.next();
                term != null && StringHelper.startsWith(term, beginning);
                term = terms.next()) {
            long count = terms.count();
            distinct += count > 0 ? 1 : 0;
            boolean isTop = top.size() < limit || count >= top.element().count();
            if (count > 0 && isTop) {
                top.add(new Counted(value(term, beginning), count));
            }
            if (top.size() > limit) {
                top.remove();
            }
        }
        List<ValueCount> values =
                top.stream().sorted(BY_COUNT.reversed()).map(Counted::shown).toList();
        return new Facet(namespace, distinct, values);
    }

    /**
     * Values of a namespace, ordered by their bytes.
     *
     * @param after the value behind which they begin; null for the first
     * @param limit most of them
     */
    List<ValueCount> values(String namespace, @Nullable String after, int limit)
            throws IOException {
        List<ValueCount> values = new ArrayList<>();
        BytesRef beginning = beginning(namespace);
        BytesRef from = text(namespace, after == null ? "" : after);
        terms.seek(from);
        for (BytesRef term = terms.next();
                term != null && StringHelper.startsWith(term, beginning) && values.size() < limit;
                term = terms.next()) {
            boolean isBehind = after == null || !term.equals(from);
            long count = isBehind ? terms.count() : 0;
            if (count > 0) {
                values.add(new Counted(value(term, beginning), count).shown());
            }
        }
        return values;
    }

    /**
     * Namespaces, in the order in which their tags stand.
     *
     * @param after the namespace behind which they begin; null for the first
     * @param limit most of them
     */
    List<NamespaceCount> namespaces(@Nullable String after, int limit) throws IOException {
        List<NamespaceCount> namespaces = new ArrayList<>();
        BytesRef from = after == null ? dataset() : behind(after);
        terms.takePassed();
        terms.seek(from);
        BytesRef term = terms.next();
        while (term != null
                && StringHelper.startsWith(term, dataset())
                && namespaces.size() < limit) {
            String namespace = namespace(term);
            BytesRef beginning = beginning(namespace);
            long values = 0;
            while (term != null && StringHelper.startsWith(term, beginning)) {
                values += terms.count() > 0 ? 1 : 0;
                term = terms.next();
            }
            long entities = terms.takePassed();
            if (values > 0) {
                namespaces.add(new NamespaceCount(namespace, values, entities));
            }
        }
        return namespaces;
    }

    private String namespace(BytesRef term) {
        String text = term.utf8ToString().substring(dataset.length() + 1);
        return text.substring(0, text.indexOf(':'));
    }

    private static BytesRef value(BytesRef term, BytesRef beginning) {
        return BytesRef.deepCopyOf(
                new BytesRef(
                        term.bytes,
                        term.offset + beginning.length,
                        term.length - beginning.length));
    }

    private BytesRef dataset() {
        return new BytesRef(dataset + Documents.SEPARATOR);
    }

    private BytesRef beginning(String namespace) {
        return text(namespace, "");
    }

    private BytesRef text(String namespace, String value) {
        return new BytesRef(Documents.tagText(dataset, namespace, value));
    }

    /** Greater than each tag of a namespace, and not greater than any behind them. */
    private BytesRef behind(String namespace) {
        return new BytesRef(dataset + Documents.SEPARATOR + namespace + (char) (':' + 1));
    }
}
