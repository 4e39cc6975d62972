package io.entitydb.search;

import io.entitydb.query.SortKey;

import org.apache.lucene.document.LongField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.util.BytesRef;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An order that leaves no two entities equal: some levels of numbers, then the id.
 *
 * <p>Levels after the id, and a field's second occurrence, cannot decide anything and are left out.
 */
final class SortOrder {

    private final Sort sort;
    private final int numbers;

    private SortOrder(List<SortField> levels) {
        this.sort = new Sort(levels.toArray(SortField[]::new));
        this.numbers = levels.size() - 1;
    }

    /** The order that these keys and then the id make. */
    static SortOrder of(List<SortKey> keys) {
        List<SortField> levels = new ArrayList<>();
        List<SortKey.Field> seen = new ArrayList<>();
        for (SortKey key : keys) {
            if (!seen.contains(key.field()) && !seen.contains(SortKey.Field.ID)) {
                seen.add(key.field());
                levels.add(level(key));
            }
        }
        if (!seen.contains(SortKey.Field.ID)) {
            levels.add(level(new SortKey(SortKey.Field.ID, false)));
        }
        return new SortOrder(levels);
    }

    private static SortField level(SortKey key) {
        return switch (key.field()) {
            case CREATED_AT -> number(Documents.CREATED, key);
            case UPDATED_AT -> number(Documents.FROM, key);
            case ID -> new SortField(Documents.ID, SortField.Type.STRING, key.isDescending());
        };
    }

    private static SortField number(String field, SortKey key) {
        return LongField.newSortField(field, key.isDescending(), SortedNumericSelector.Type.MIN);
    }

    /** Whether it is the order in which documents stand in their segments. */
    boolean isOfSegments() {
        return numbers == 0 && !sort.getSort()[0].getReverse();
    }

    /** The order in Lucene's words. */
    Sort sort() {
        return sort;
    }

    /** Levels before the id. */
    int numbers() {
        return numbers;
    }

    /** The place of a hit in the order. */
    Place place(FieldDoc hit) {
        List<Long> values = new ArrayList<>(numbers);
        for (int i = 0; i < numbers; i++) {
            values.add((Long) hit.fields[i]);
        }
        return new Place(values, ((BytesRef) hit.fields[numbers]).utf8ToString());
    }

    /**
     * Lucene's form of a place, for the hits behind it. No document can be at the place itself: its
     * number is higher than any.
     */
    FieldDoc behind(Place place) {
        Object[] fields = new Object[numbers + 1];
        for (int i = 0; i < numbers; i++) {
            fields[i] = place.numbers().get(i);
        }
        fields[numbers] = new BytesRef(place.id().getBytes(StandardCharsets.UTF_8));
        return new FieldDoc(Integer.MAX_VALUE, Float.NaN, fields);
    }

    /**
     * Leaves out documents before a place, where the id alone decides the order: the index is
     * sorted by it, so that they need not be looked at.
     */
    Query onlyBehind(Query query, Place place) {
        if (numbers > 0) {
            return query;
        }
        BytesRef id = new BytesRef(place.id().getBytes(StandardCharsets.UTF_8));
        boolean isDescending = sort.getSort()[0].getReverse();
        Query isBehind =
                SortedDocValuesField.newSlowRangeQuery(
                        Documents.ID,
                        isDescending ? null : id,
                        isDescending ? id : null,
                        false,
                        false);
        return new BooleanQuery.Builder()
                .add(query, BooleanClause.Occur.FILTER)
                .add(isBehind, BooleanClause.Occur.FILTER)
                .build();
    }

    /**
     * A place in an order.
     *
     * @param numbers values of the levels before the id
     * @param id the id
     */
    record Place(List<Long> numbers, String id) {
        /** Copies the values. */
        Place {
            numbers = List.copyOf(numbers);
        }
    }
}
