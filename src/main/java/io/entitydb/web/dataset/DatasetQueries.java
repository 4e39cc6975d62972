package io.entitydb.web.dataset;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.NotFoundException;
import io.entitydb.query.Condition;
import io.entitydb.query.EntityQuery;
import io.entitydb.query.EntitySearch;
import io.entitydb.query.Page;
import io.entitydb.query.PageRequest;
import io.entitydb.query.SortKey;
import io.entitydb.web.http.PageDocument;
import io.entitydb.web.http.Reading;
import io.entitydb.web.http.TransactionHeader;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import java.util.ArrayList;
import java.util.List;

/** Finds datasets. */
@Service
@RequiredArgsConstructor
class DatasetQueries {

    /** Where the listing goes on when its first page holds nothing but the default dataset. */
    private static final String AFTER_DEFAULT = "after-default";

    private static final EntityQuery MADE =
            new EntityQuery(
                    Datasets.SYSTEM,
                    new Condition.HasTag(Datasets.TYPE),
                    EntityQuery.States.ACTIVE,
                    List.of(new SortKey(SortKey.Field.ID, false)));

    private final EntityRepository repository;
    private final EntitySearch search;
    private final Reading reading;
    private final TransactionHeader header;

    /**
     * The entity of a dataset that was made.
     *
     * @throws NotFoundException if there is no such dataset
     */
    Entity find(String name) {
        return reading.read(
                () ->
                        repository
                                .find(Datasets.keyOf(name))
                                .orElseThrow(() -> NotFoundException.dataset(name)));
    }

    /** A page of all datasets: first the one that always exists, then the others by name. */
    PageDocument<DatasetDocument> list(int limit, @Nullable String cursor) {
        boolean isFirst = cursor == null;
        boolean isDefaultOnly = isFirst && limit == 1;
        int wanted = isFirst && !isDefaultOnly ? limit - 1 : limit;
        Page<Entity> made =
                search.search(
                        MADE,
                        new PageRequest(
                                wanted, AFTER_DEFAULT.equals(cursor) ? null : cursor, false));
        header.tell(made.snapshot());
        List<DatasetDocument> items = new ArrayList<>();
        if (isFirst) {
            items.add(DatasetDocument.DEFAULT);
        }
        if (isDefaultOnly) {
            String next = made.items().isEmpty() ? null : AFTER_DEFAULT;
            return new PageDocument<>(items, next, made.snapshot(), null);
        }
        made.items().forEach(dataset -> items.add(DatasetDocument.of(dataset)));
        return new PageDocument<>(items, made.next(), made.snapshot(), null);
    }
}
