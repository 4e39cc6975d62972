package io.entitydb.search;

import io.entitydb.entity.EntityKey;
import io.entitydb.entity.NotFoundException;
import io.entitydb.query.EntityQuery;

import org.apache.lucene.search.Query;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What the index is asked for a query at a moment. */
final class Answering {

    /** Most contents that are read again; the first that is damaged ends it. */
    private static final int MAX_UNREAD = 100;

    private Answering() {}

    /**
     * The questions, one for each layer.
     *
     * @throws NotFoundException if versions that may belong to the answer were removed from history
     * @throws io.entitydb.storage.error.CorruptDataException if the query asks what contents say,
     *     and a content is damaged
     */
    static Map<Layer, Query> queries(EntityQuery query, Moment moment) throws IOException {
        if (moment.view().newestFollowing() > moment.sequence()) {
            requireKept(query.dataset(), moment);
        }
        if (QueryTranslator.asksForText(query.where())) {
            requireReadable(query.dataset(), moment);
        }
        return QueryTranslator.answering(query, moment.view(), moment.sequence());
    }

    /** An answer without versions that were removed from history may be wrong. */
    private static void requireKept(String dataset, Moment moment) throws IOException {
        ViewSearch retired =
                new ViewSearch(
                        moment.view(),
                        QueryTranslator.retired(dataset, moment.sequence()),
                        SortOrder.of(List.of()));
        for (Hit hit : retired.first(1, null)) {
            throw NotFoundException.retired(
                    new EntityKey(dataset, hit.place().id()), hit.version() + 1);
        }
    }

    /**
     * Reads contents again that could not be read when they were indexed. What they say is not
     * known, so an answer with or without them may be wrong.
     */
    private static void requireReadable(String dataset, Moment moment) throws IOException {
        ViewSearch unread =
                new ViewSearch(
                        moment.view(),
                        QueryTranslator.unread(dataset, moment.view(), moment.sequence()),
                        SortOrder.of(List.of()));
        for (Hit hit : unread.first(MAX_UNREAD, null)) {
            moment.snapshot()
                    .latest(new EntityKey(dataset, hit.place().id()))
                    .ifPresent(entity -> ContentText.of(entity.content()));
        }
    }
}
