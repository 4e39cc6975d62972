package io.entitydb.web.entities;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.HistoryRange;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.entity.NotFoundException;
import io.entitydb.query.Page;
import io.entitydb.web.http.PageParameters;
import io.entitydb.web.http.Reading;
import io.entitydb.web.http.TransactionHeader;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import java.util.List;

/** Lists versions of an entity, page by page. Pages show the state that the first one showed. */
@Service
@RequiredArgsConstructor
class HistoryQueries {

    private static final int MAX_DIGITS = 18;

    private final EntityRepository repository;
    private final EntityQueries entities;
    private final Reading reading;
    private final TransactionHeader header;

    /**
     * One page.
     *
     * @throws NotFoundException if the entity never existed
     * @throws InvalidQueryException if a parameter or the cursor is not valid
     */
    Page<Entity> list(EntityKey key, Listing listing, int limit, @Nullable String cursor) {
        return reading.read(
                () -> {
                    HistoryCursor at =
                            cursor == null
                                    ? begin(key, listing)
                                    : HistoryCursor.decode(cursor, listing.describe(key));
                    header.tell(at.snapshot());
                    return page(key, listing, limit, at);
                });
    }

    /**
     * The number of the newest version.
     *
     * @throws NotFoundException if the entity never existed
     */
    long newest(EntityKey key) {
        return reading.read(
                () ->
                        repository
                                .latest(key)
                                .orElseThrow(() -> entities.missing(key))
                                .version()
                                .number());
    }

    private HistoryCursor begin(EntityKey key, Listing listing) {
        long newest =
                repository.latest(key).orElseThrow(() -> entities.missing(key)).version().number();
        long first = listing.ascending() ? listing.from() : Math.min(listing.from(), newest);
        return new HistoryCursor(first, newest, repository.snapshot());
    }

    private Page<Entity> page(EntityKey key, Listing listing, int limit, HistoryCursor at) {
        List<Entity> versions =
                repository
                        .history(key, new HistoryRange(at.next(), listing.ascending(), limit))
                        .stream()
                        .filter(version -> isListed(version.version().number(), listing, at))
                        .toList();
        return new Page<>(versions, next(key, listing, at, versions), at.snapshot(), null);
    }

    private static @Nullable String next(
            EntityKey key, Listing listing, HistoryCursor at, List<Entity> versions) {
        if (versions.isEmpty()) {
            return null;
        }
        long last = versions.getLast().version().number();
        long next = listing.ascending() ? last + 1 : last - 1;
        return next >= 1 && isListed(next, listing, at)
                ? new HistoryCursor(next, at.newest(), at.snapshot()).encode(listing.describe(key))
                : null;
    }

    private static boolean isListed(long version, Listing listing, HistoryCursor at) {
        return version <= at.newest() && !listing.isBeyond(version);
    }

    /**
     * Which versions are listed in which order.
     *
     * @param from the first version; in descending order the highest
     * @param to the last version; in descending order the lowest
     * @param ascending whether numbers grow
     */
    record Listing(long from, long to, boolean ascending) {

        /**
         * The listing that the parameters {@code from}, {@code to} and {@code order} say.
         *
         * @throws InvalidQueryException naming the parameter with a wrong value
         */
        static Listing of(@Nullable String from, @Nullable String to, @Nullable String order) {
            boolean ascending =
                    switch (order) {
                        case null -> false;
                        case "desc" -> false;
                        case "asc" -> true;
                        default ->
                                throw new InvalidQueryException("order", "an order is asc or desc");
                    };
            long lowest = 1;
            long highest = Long.MAX_VALUE;
            Listing listing =
                    new Listing(
                            number("from", from, ascending ? lowest : highest),
                            number("to", to, ascending ? highest : lowest),
                            ascending);
            if (listing.isBeyond(listing.from)) {
                throw new InvalidQueryException(
                        "to", "the last version comes before the first in this order");
            }
            return listing;
        }

        private static long number(String parameter, @Nullable String text, long otherwise) {
            if (text == null) {
                return otherwise;
            }
            long number = PageParameters.number(parameter, text, MAX_DIGITS);
            if (number < 1) {
                throw new InvalidQueryException(parameter, "a version is 1 or more");
            }
            return number;
        }

        private boolean isBeyond(long version) {
            return ascending ? version > to : version < to;
        }

        private String describe(EntityKey key) {
            return key + " " + from + " " + to + " " + ascending;
        }
    }
}
