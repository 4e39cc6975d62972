package io.entitydb.web.transfer;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDbException;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.HistoryRange;
import io.entitydb.query.EntityQuery;
import io.entitydb.query.EntitySearch;
import io.entitydb.query.Page;
import io.entitydb.query.PageRequest;
import io.entitydb.query.SearchUnavailableException;
import io.entitydb.security.Access;
import io.entitydb.security.NoLongerAuthenticatedException;
import io.entitydb.security.Presence;
import io.entitydb.storage.error.StorageException;
import io.entitydb.web.dataset.Datasets;
import io.entitydb.web.http.Reading;
import io.entitydb.web.http.TransactionHeader;
import io.entitydb.web.http.Turns;
import io.entitydb.web.problem.Problem;
import io.entitydb.web.problem.ProblemDetailsAdvice;
import io.entitydb.web.problem.ProblemType;

import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import java.io.IOException;
import java.util.List;

/**
 * Exports entities in the order of their ids, all of one snapshot. Keeps a page at a time, and no
 * cursor between pages: an id stays a place in the order whatever happens to the file.
 */
@Slf4j
@Service
@RequiredArgsConstructor
class Exports {

    private static final int PAGE = 100;

    private final EntityRepository repository;
    private final EntitySearch search;
    private final Datasets datasets;
    private final Reading reading;
    private final TransactionHeader header;
    private final Access access;

    /**
     * What is exported.
     *
     * @param query the entities, in the order of ids
     * @param isHistory whether all versions are
     * @param after the id to begin behind; null for the first
     */
    record Wanted(EntityQuery query, boolean isHistory, @Nullable String after) {}

    /**
     * Finds the first page, and tells the transaction.
     *
     * @throws EntityDbException if there is no such dataset, or its past is not whole
     * @throws SearchUnavailableException if it cannot be found now
     */
    Begun begin(Wanted wanted) {
        EntityQuery query = wanted.query();
        reading.read(
                () -> {
                    datasets.requireReadable(query.dataset(), query.asOf() != null);
                    return query;
                });
        long snapshot = search.search(query, PageRequest.after(null, 1)).snapshot();
        EntityQuery pinned = query.at(snapshot);
        Page<Entity> first = page(pinned, PageRequest.after(wanted.after(), PAGE));
        header.tell(snapshot);
        return new Begun(pinned, wanted.isHistory(), wanted.after(), first);
    }

    /**
     * An export that can be written.
     *
     * @param query the entities of its snapshot
     * @param isHistory whether all versions are wanted
     * @param after the id to begin behind
     * @param first the first page
     */
    record Begun(
            EntityQuery query, boolean isHistory, @Nullable String after, Page<Entity> first) {}

    /**
     * Writes all lines and the last one. What cannot be read ends it before its time, with a last
     * line that says so.
     *
     * @throws IOException if the client is gone
     */
    void write(Begun begun, EntityLines lines) throws IOException {
        long snapshot = begun.first().snapshot();
        String after = begun.after();
        Presence presence = access.presence();
        Page<Entity> page = begun.first();
        Turns turns = new Turns();
        try {
            while (true) {
                for (Entity entity : page.items()) {
                    presence.requireNowAndThen();
                    turns.giveNowAndThen();
                    write(entity, begun.isHistory(), snapshot, lines);
                    after = entity.key().id();
                }
                if (page.next() == null) {
                    break;
                }
                page = page(begun.query(), next(page));
            }
        } catch (EntityDbException
                | StorageException
                | SearchUnavailableException
                | NoLongerAuthenticatedException e) {
            log.atWarn()
                    .addKeyValue("dataset", begun.query().dataset())
                    .setCause(e)
                    .log("export ends before its time");
            TransferProblem problem = TransferProblem.of(problemOf(e));
            lines.end(new TransferEnd(false, lines.lines(), snapshot, after, problem));
            return;
        }
        lines.end(new TransferEnd(true, lines.lines(), snapshot, null, null));
    }

    /** A page of nothing but erased entities has no id to go on behind. */
    private static PageRequest next(Page<Entity> page) {
        return page.items().isEmpty()
                ? new PageRequest(PAGE, page.next(), false)
                : PageRequest.after(page.items().getLast().key().id(), PAGE);
    }

    private Page<Entity> page(EntityQuery query, PageRequest request) {
        Page<Entity> page = search.search(query, request);
        return page;
    }

    private void write(Entity newest, boolean isHistory, long snapshot, EntityLines lines)
            throws IOException {
        if (!isHistory) {
            lines.write(newest);
            return;
        }
        EntityKey key = newest.key();
        long last = newest.version().number();
        long next = 1;
        while (next <= last) {
            List<Entity> versions =
                    repository.history(key, HistoryRange.oldest(PAGE).beginningWith(next));
            for (Entity version : versions) {
                boolean isShown = version.version().transaction() <= snapshot;
                if (isShown && !version.isErased()) {
                    lines.write(version);
                }
            }
            next = versions.isEmpty() ? last + 1 : versions.getLast().version().number() + 1;
        }
    }

    private static Problem problemOf(RuntimeException error) {
        return error instanceof SearchUnavailableException
                ? Problem.of(ProblemType.SEARCH_UNAVAILABLE, "the index lags behind")
                : ProblemDetailsAdvice.problemOf(error);
    }
}
