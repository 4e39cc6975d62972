package io.entitydb.web.changes;

import io.entitydb.entity.AccessDeniedException;
import io.entitydb.entity.ChangeLog;
import io.entitydb.security.Access;
import io.entitydb.security.NoLongerAuthenticatedException;
import io.entitydb.security.Presence;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.web.http.TransactionHeader;
import io.entitydb.web.problem.Problem;
import io.entitydb.web.problem.ProblemDetailsAdvice;
import io.entitydb.web.problem.ProblemDocument;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;
import io.entitydb.web.problem.TraceId;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Service;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;

/**
 * Serves live feeds, each on the thread of its request.
 *
 * <p>A browser's client for events cannot read the body of a refusal, and comes back when the
 * connection ends. So what ends a feed for good is told as an event: {@code resync}, which also has
 * the client forget its place, and {@code problem}, also when the client is shut out.
 */
@Slf4j
@Service
@RequiredArgsConstructor
class LiveFeeds {

    private static final String RESYNC = "resync";
    private static final String PROBLEM = "problem";

    private final ChangeLog changes;
    private final ChangeQueries queries;
    private final Feeds feeds;
    private final ChangesProperties properties;
    private final TransactionHeader header;
    private final JsonMapper json;
    private final Access access;

    /**
     * Tells the changes until the client goes or the service stops.
     *
     * @throws ProblemException if there is no room for another feed
     * @throws CorruptDataException if not even the first change can be read
     */
    void serve(ChangesRequest wanted, HttpServletRequest request, HttpServletResponse response)
            throws InterruptedException {
        Presence presence = access.presence();
        try (Feeds.Seat _ = feeds.enter(presence.caller().name())) {
            EventWriter events = new EventWriter(json, response.getOutputStream());
            try {
                ChangeReader reader = queries.open(wanted.start(), wanted.filter());
                header.tell(reader.place().transaction());
                prepare(response);
                if (!request.getMethod().equals(HttpMethod.HEAD.name())) {
                    new LiveFeed(
                                    changes,
                                    feeds,
                                    reader,
                                    events,
                                    properties.checkpointInterval(),
                                    presence)
                            .run();
                }
            } catch (CorruptDataException e) {
                if (!events.isBegun()) {
                    response.reset();
                    throw e;
                }
                end(events, request, damaged(e, request));
            } catch (NoLongerAuthenticatedException | AccessDeniedException e) {
                prepare(response);
                end(events, request, ProblemDetailsAdvice.problemOf(e));
            } catch (ProblemException e) {
                if (e.problem().type() != ProblemType.CURSOR_GONE) {
                    throw e;
                }
                prepare(response);
                end(events, request, e.problem());
            }
        } catch (IOException e) {
            log.atDebug()
                    .addKeyValue("traceId", TraceId.of(request))
                    .setCause(e)
                    .log("client of the feed is gone");
        }
    }

    private static void prepare(HttpServletResponse response) {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // A proxy that gathers an answer before it hands it on would never hand on this one.
        response.setHeader("X-Accel-Buffering", "no");
    }

    private static Problem damaged(CorruptDataException damage, HttpServletRequest request) {
        log.atWarn()
                .addKeyValue("code", damage.code())
                .addKeyValue("traceId", TraceId.of(request))
                .setCause(damage)
                .log("feed ends before damage");
        return Problem.of(
                ProblemType.CORRUPT_DATA,
                "the next change does not verify; nothing behind it is told");
    }

    /** The last event; of those that are no changes, only a resync tells a place: none. */
    private static void end(EventWriter events, HttpServletRequest request, Problem problem)
            throws IOException {
        boolean isGone = problem.type() == ProblemType.CURSOR_GONE;
        ProblemDocument document = ProblemDocument.of(problem, request);
        if (isGone) {
            events.event(RESYNC, "", document);
        } else {
            events.event(PROBLEM, document);
        }
        events.flush();
    }
}
