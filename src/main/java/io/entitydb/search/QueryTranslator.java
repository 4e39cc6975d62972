package io.entitydb.search;

import io.entitydb.entity.Tag;
import io.entitydb.query.Condition;
import io.entitydb.query.EntityQuery;
import io.entitydb.temporal.Timestamp;

import org.apache.lucene.document.LongField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.SortedNumericDocValuesField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexOrDocValuesQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Turns a query at a snapshot into one of Lucene.
 *
 * <p>The state after transaction S is every newest version written at or before S, and every
 * earlier version written at or before S and followed after S.
 */
final class QueryTranslator {

    private final EntityQuery query;
    private final Layer layer;

    private QueryTranslator(EntityQuery query, Layer layer) {
        this.query = query;
        this.layer = layer;
    }

    /**
     * The versions that answer the query right after a transaction, present ones first, as one
     * query for each layer. The past is left out when nothing in it was followed after the
     * transaction, which is the rule for first pages.
     */
    static Map<Layer, Query> answering(EntityQuery query, SearchView view, long snapshot) {
        return inLayers(
                view,
                snapshot,
                (layer, isInForce) ->
                        new QueryTranslator(query, layer).matching(isInForce).build());
    }

    /** The versions in force right after a transaction whose contents could not be read. */
    static Map<Layer, Query> unread(String dataset, SearchView view, long snapshot) {
        return inLayers(
                view,
                snapshot,
                (layer, isInForce) ->
                        new BooleanQuery.Builder()
                                .add(isInForce, Occur.FILTER)
                                .add(new TermQuery(new Term(layer.unread(), dataset)), Occur.FILTER)
                                .build());
    }

    /** Versions that were in force right after a transaction and are removed from history. */
    static Map<Layer, Query> retired(String dataset, long snapshot) {
        return Map.of(
                Layer.PAST,
                new BooleanQuery.Builder()
                        .add(wasValidAt(snapshot), Occur.FILTER)
                        .add(new TermQuery(new Term(Documents.RETIRED, dataset)), Occur.FILTER)
                        .build());
    }

    private static Map<Layer, Query> inLayers(
            SearchView view, long snapshot, BiFunction<Layer, Query, Query> query) {
        Map<Layer, Query> queries = new EnumMap<>(Layer.class);
        Query isWritten = LongField.newRangeQuery(Documents.FROM, 0, snapshot);
        queries.put(Layer.CURRENT, query.apply(Layer.CURRENT, isWritten));
        if (view.newestFollowing() > snapshot) {
            queries.put(Layer.PAST, query.apply(Layer.PAST, wasValidAt(snapshot)));
        }
        return queries;
    }

    /** Found in the tree of points, or checked by value where something else leads to few. */
    private static Query wasValidAt(long snapshot) {
        Query byPoint =
                LongPoint.newRangeQuery(
                        Documents.VALIDITY,
                        new long[] {0, snapshot + 1},
                        new long[] {snapshot, Long.MAX_VALUE});
        Query byValue =
                new BooleanQuery.Builder()
                        .add(valuesWithin(Documents.TO, snapshot + 1, Long.MAX_VALUE), Occur.FILTER)
                        .add(valuesWithin(Documents.FROM, 0, snapshot), Occur.FILTER)
                        .build();
        return new IndexOrDocValuesQuery(byPoint, byValue);
    }

    private static Query valuesWithin(String field, long least, long most) {
        return SortedNumericDocValuesField.newSlowRangeQuery(field, least, most);
    }

    /** Whether a condition asks for what contents say. */
    static boolean asksForText(Condition condition) {
        return switch (condition) {
            case Condition.Everything everything -> false;
            case Condition.HasTag hasTag -> false;
            case Condition.HasPrefix hasPrefix -> false;
            case Condition.HasText hasText -> true;
            case Condition.InRange inRange -> false;
            case Condition.All all ->
                    all.conditions().stream().anyMatch(QueryTranslator::asksForText);
            case Condition.Any any ->
                    any.conditions().stream().anyMatch(QueryTranslator::asksForText);
            case Condition.Not(Condition excluded) -> asksForText(excluded);
        };
    }

    private BooleanQuery.Builder matching(Query isInForce) {
        BooleanQuery.Builder matching = new BooleanQuery.Builder();
        matching.add(isInForce, Occur.FILTER);
        boolean impliesLife =
                query.states() != EntityQuery.States.DELETED && requiresTag(query.where());
        if (!impliesLife) {
            matching.add(inStates(), Occur.FILTER);
        }
        return matching.add(fulfilling(query.where()), Occur.FILTER);
    }

    private Query inStates() {
        Query active = new TermQuery(new Term(layer.active(), query.dataset()));
        Query deleted = new TermQuery(new Term(layer.deleted(), query.dataset()));
        return switch (query.states()) {
            case ACTIVE -> active;
            case DELETED -> deleted;
            case ANY ->
                    new BooleanQuery.Builder()
                            .add(active, Occur.SHOULD)
                            .add(deleted, Occur.SHOULD)
                            .build();
        };
    }

    /**
     * Whether only entities with a tag can fulfil the condition. Tags are kept by dataset, and only
     * the living have any, so dataset and state then need no condition of their own.
     */
    private static boolean requiresTag(Condition condition) {
        return switch (condition) {
            case Condition.Everything everything -> false;
            case Condition.HasTag hasTag -> true;
            case Condition.HasPrefix hasPrefix -> true;
            case Condition.HasText hasText -> false;
            case Condition.InRange inRange -> false;
            case Condition.All all ->
                    all.conditions().stream().anyMatch(QueryTranslator::requiresTag);
            case Condition.Any any ->
                    any.conditions().stream().allMatch(QueryTranslator::requiresTag);
            case Condition.Not not -> false;
        };
    }

    private Query fulfilling(Condition condition) {
        return switch (condition) {
            case Condition.Everything everything -> MatchAllDocsQuery.INSTANCE;
            case Condition.HasTag(Tag tag) -> new TermQuery(tagTerm(tag.namespace(), tag.value()));
            case Condition.HasPrefix(String namespace, String valuePrefix) ->
                    new PrefixQuery(tagTerm(namespace, valuePrefix));
            case Condition.HasText(String words, boolean isBeginning) ->
                    Words.query(layer.text(), words, isBeginning);
            case Condition.InRange(Condition.Time time, Timestamp from, Timestamp until) ->
                    LongField.newRangeQuery(
                            switch (time) {
                                case CREATED -> Documents.CREATED;
                                case UPDATED -> Documents.UPDATED;
                            },
                            from.epochNanos(),
                            until.epochNanos() - 1);
            case Condition.All(List<Condition> conditions) -> all(conditions);
            case Condition.Any(List<Condition> conditions) -> any(conditions);
            case Condition.Not not -> all(List.of(not));
        };
    }

    private Term tagTerm(String namespace, String value) {
        return new Term(layer.tags(), Documents.tagText(query.dataset(), namespace, value));
    }

    /** Lucene excludes from what is there, so something has to be there also without a clause. */
    private Query all(List<Condition> conditions) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        all.add(MatchAllDocsQuery.INSTANCE, Occur.FILTER);
        for (Condition condition : conditions) {
            if (condition instanceof Condition.Not(Condition excluded)) {
                all.add(fulfilling(excluded), Occur.MUST_NOT);
            } else {
                all.add(fulfilling(condition), Occur.FILTER);
            }
        }
        return all.build();
    }

    private Query any(List<Condition> conditions) {
        if (conditions.isEmpty()) {
            return new MatchNoDocsQuery("none of no conditions");
        }
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        conditions.forEach(condition -> any.add(fulfilling(condition), Occur.SHOULD));
        return any.build();
    }
}
