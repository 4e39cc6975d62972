package io.entitydb.web.entities;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.HistoryRange;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.entity.NotFoundException;
import io.entitydb.query.EntityQuery;
import io.entitydb.query.EntitySearch;
import io.entitydb.query.Facet;
import io.entitydb.query.FacetRequest;
import io.entitydb.query.Page;
import io.entitydb.query.PageRequest;
import io.entitydb.query.TagSearch;
import io.entitydb.temporal.AsOf;
import io.entitydb.temporal.Timestamp;
import io.entitydb.web.dataset.Datasets;
import io.entitydb.web.http.Reading;
import io.entitydb.web.http.TransactionHeader;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads single entities, present and past, and searches for them. */
@Service
@RequiredArgsConstructor
class EntityQueries {

    private final EntityRepository repository;
    private final EntitySearch search;
    private final TagSearch tags;
    private final Datasets datasets;
    private final Reading reading;
    private final TransactionHeader header;
    private final Mementos mementos;

    /**
     * The living entity.
     *
     * @throws NotFoundException if there is none, or it is deleted
     */
    Entity find(EntityKey key) {
        return reading.read(
                () -> {
                    Entity newest = repository.latest(key).orElseThrow(() -> missing(key));
                    mementos.tellOriginal(key);
                    return requireLiving(newest);
                });
    }

    /**
     * The entity as it was at a point of the past.
     *
     * @throws NotFoundException if there was none, or it was deleted
     */
    Entity find(EntityKey key, AsOf asOf) {
        return reading.read(
                () -> {
                    Entity found = inForce(key, asOf);
                    mementos.tellMemento(found);
                    return requireLiving(found);
                });
    }

    /**
     * The entity as it was at an instant that is preferred: before the first version as it was in
     * the first, after the newest as it is in the newest.
     *
     * @throws NotFoundException if there never was one, or it was deleted
     */
    Entity choose(EntityKey key, Timestamp preferred) {
        return reading.read(
                () -> {
                    Entity newest = repository.latest(key).orElseThrow(() -> missing(key));
                    Entity chosen =
                            newest.version().at().isAfter(preferred)
                                    ? inForce(key, preferred)
                                    : newest;
                    header.tell(chosen.version().transaction());
                    mementos.tellChosen(chosen, newest);
                    return requireLiving(chosen);
                });
    }

    /**
     * What can be told of a living entity.
     *
     * @param asOf null for the present
     * @param telling reads in the same state
     * @throws NotFoundException if there is none, or it is deleted
     */
    <T> T about(EntityKey key, @Nullable AsOf asOf, Function<Entity, T> telling) {
        return reading.read(
                () -> {
                    Entity found =
                            asOf == null
                                    ? repository.latest(key).orElseThrow(() -> missing(key))
                                    : inForce(key, asOf);
                    return telling.apply(requireLiving(found));
                });
    }

    /**
     * One version, perhaps a tombstone.
     *
     * @throws NotFoundException if there is no such version
     */
    Entity version(EntityKey key, long number) {
        return reading.read(() -> inForce(key, new AsOf.AtVersion(number)));
    }

    /**
     * How entities are shown.
     *
     * @param fields the parameter {@code fields}
     * @param content the parameter {@code content}
     */
    record Form(@Nullable String fields, @Nullable String content) {}

    /**
     * One page of the entities that a query finds.
     *
     * @param facets the facets that are wanted of the whole answer; null for none
     * @throws NotFoundException if the dataset does not exist or, for the past, never did, or if
     *     its past is not whole any more
     */
    QueryDocument answer(
            EntityQuery query, PageRequest request, @Nullable FacetRequest facets, Form form) {
        EntityView view = EntityView.of(form.fields(), EntityView.DEFAULT);
        reading.read(
                () -> {
                    datasets.requireReadable(query.dataset(), query.asOf() != null);
                    return query;
                });
        Page<Entity> page = search.search(query, request);
        header.tell(page.snapshot());
        List<Facet> counted =
                facets == null ? null : tags.facets(query.at(page.snapshot()), facets);
        return QueryDocument.of(EntityAnswers.page(page, view, form.content()), counted);
    }

    /**
     * The point that the parameter {@code asOf} says.
     *
     * @throws InvalidQueryException if it says none
     */
    static AsOf pointOf(String text) {
        return pointOf("asOf", text);
    }

    /** As {@link #pointOf(String)}, for a parameter of another name. */
    static AsOf pointOf(String parameter, String text) {
        try {
            return AsOf.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidQueryException(
                    parameter,
                    "neither an RFC 3339 date-time (the + of an offset is written as an escape) nor tx:N nor v:N");
        }
    }

    /** Why there is no entity of that key. */
    NotFoundException missing(EntityKey key) {
        datasets.requirePresent(key.dataset());
        return NotFoundException.missing(key);
    }

    /** Why an entity has no version at a point of the past. */
    NotFoundException missing(EntityKey key, AsOf asOf) {
        boolean lacksVersion = asOf instanceof AsOf.AtVersion && repository.latest(key).isPresent();
        return lacksVersion
                ? NotFoundException.version(key, ((AsOf.AtVersion) asOf).number())
                : missing(key);
    }

    private Entity inForce(EntityKey key, AsOf asOf) {
        Optional<Entity> found = repository.find(key, asOf);
        tell(asOf, found);
        return found.orElseThrow(() -> missing(key, asOf));
    }

    /** The version in force at an instant, or the oldest one that is kept. */
    private Entity inForce(EntityKey key, Timestamp at) {
        Optional<Entity> found;
        try {
            found = repository.find(key, new AsOf.AtInstant(at));
        } catch (NotFoundException e) {
            // The beginning of the history was removed.
            found = Optional.empty();
        }
        return found.orElseGet(() -> repository.history(key, HistoryRange.oldest(1)).getFirst());
    }

    /** An answer about the past is the same as of the transaction that made what it shows. */
    private void tell(AsOf asOf, Optional<Entity> found) {
        if (asOf instanceof AsOf.AtTransaction(var sequence)) {
            header.tell(sequence);
        } else {
            found.ifPresent(entity -> header.tell(entity.version().transaction()));
        }
    }

    private static Entity requireLiving(Entity entity) {
        if (entity.isDeleted()) {
            throw NotFoundException.gone(entity);
        }
        return entity;
    }
}
