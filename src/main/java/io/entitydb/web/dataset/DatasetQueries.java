package io.entitydb.web.dataset;

import io.entitydb.entity.AccessDeniedException;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.NotFoundException;
import io.entitydb.query.EntityQuery;
import io.entitydb.query.EntitySearch;
import io.entitydb.query.Page;
import io.entitydb.query.PageRequest;
import io.entitydb.security.Access;
import io.entitydb.security.SystemRecords;
import io.entitydb.web.http.PageDocument;
import io.entitydb.web.http.Reading;
import io.entitydb.web.http.TransactionHeader;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds datasets. */
@Service
@RequiredArgsConstructor
class DatasetQueries {

    /** Where the listing goes on when its first page holds nothing but the default dataset. */
    private static final String AFTER_DEFAULT = "after-default";

    private static final EntityQuery MADE = SystemRecords.living(Datasets.TYPE);

    private final EntityRepository repository;
    private final EntitySearch search;
    private final Reading reading;
    private final TransactionHeader header;
    private final Access access;

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

    /**
     * Checks that the caller may know of a dataset.
     *
     * @throws AccessDeniedException if not, whether it exists or not
     */
    void requireReach(String name) {
        if (!access.caller().permissions().reach(name)) {
            throw new AccessDeniedException("this needs a permission in dataset " + name);
        }
    }

    /**
     * A page of the datasets that the caller may know of: first the one that always exists, then
     * the others by name.
     */
    PageDocument<DatasetDocument> list(int limit, @Nullable String cursor) {
        Optional<Set<String>> some = access.caller().permissions().datasets();
        return some.isPresent() ? named(some.get(), limit, cursor) : all(limit, cursor);
    }

    /** A page of some datasets. The names are few, and known to who asks: one is the cursor. */
    private PageDocument<DatasetDocument> named(
            Set<String> names, int limit, @Nullable String cursor) {
        NavigableSet<String> sorted = new TreeSet<>(names);
        Iterator<String> rest =
                (cursor == null ? sorted : sorted.tailSet(cursor, false)).iterator();
        List<DatasetDocument> items = new ArrayList<>();
        String last = null;
        long snapshot = repository.snapshot();
        while (rest.hasNext() && items.size() < limit) {
            last = rest.next();
            if (last.equals(Datasets.DEFAULT)) {
                items.add(DatasetDocument.DEFAULT);
            } else {
                repository
                        .find(Datasets.keyOf(last))
                        .map(DatasetDocument::of)
                        .ifPresent(items::add);
            }
        }
        header.tell(snapshot);
        return new PageDocument<>(items, rest.hasNext() ? last : null, snapshot, null);
    }

    private PageDocument<DatasetDocument> all(int limit, @Nullable String cursor) {
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
