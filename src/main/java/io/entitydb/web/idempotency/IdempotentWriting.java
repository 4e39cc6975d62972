package io.entitydb.web.idempotency;

import io.entitydb.entity.Digest;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.PrincipalSource;
import io.entitydb.web.http.Writing;
import io.entitydb.web.http.Written;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;
import io.entitydb.web.problem.Violation;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Writes for a request once, however often it is sent under the same key.
 *
 * <p>That a request was made is stored in its own transaction: both are there or neither is,
 * whatever happens. What ends in a problem stores nothing, so that it may be tried again.
 */
@Component
public final class IdempotentWriting {

    /** The header of an answer that was given before. */
    public static final String REPLAYED = "Idempotency-Replayed";

    private final Writing writing;
    private final IdempotencyRecords records;
    private final PrincipalSource principals;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final Set<Digest> inFlight = ConcurrentHashMap.newKeySet();

    /** Writes for the request that the present thread works on. */
    @Autowired
    IdempotentWriting(
            Writing writing,
            EntityRepository repository,
            JsonMapper json,
            ObjectProvider<PrincipalSource> principals,
            Exchange exchange) {
        this(
                writing,
                new IdempotencyRecords(repository, json, Clock.systemUTC()),
                principals.getIfAvailable(() -> PrincipalSource.ANONYMOUS),
                exchange);
    }

    IdempotentWriting(
            Writing writing,
            IdempotencyRecords records,
            PrincipalSource principals,
            Exchange exchange) {
        this.writing = writing;
        this.records = records;
        this.principals = principals;
        this.request = exchange.request();
        this.response = exchange.response();
    }

    /**
     * Spring's stand-ins for the request that the present thread works on, and its answer.
     *
     * @param request the request
     * @param response its answer
     */
    @Component
    record Exchange(HttpServletRequest request, HttpServletResponse response) {}

    /**
     * What a request made.
     *
     * @param made the versions, in its order
     * @param isReplayed whether it was made before
     */
    public record Outcome(List<Written> made, boolean isReplayed) {}

    /**
     * Writes in a transaction and commits it, unless the request was made before.
     *
     * @param keys the entities that the work writes or relies on
     * @param work runs again after a lost commit
     * @throws ProblemException if the key was used for another request, or the same one is being
     *     worked on
     */
    public Outcome write(Collection<EntityKey> keys, Supplier<List<Written>> work) {
        String key = IdempotentRequest.keyOf(request);
        if (key == null) {
            return new Outcome(writing.write(keys, work), false);
        }
        IdempotentRequest sent = IdempotentRequest.of(request, key, principals.current());
        if (!inFlight.add(sent.key())) {
            throw new ProblemException(
                    ProblemType.IDEMPOTENCY_IN_FLIGHT,
                    "a request under the same key is being worked on");
        }
        try {
            List<EntityKey> all = new ArrayList<>(keys);
            all.add(records.queueOf(sent));
            Outcome outcome = writing.write(all, () -> once(sent, work));
            if (outcome.isReplayed()) {
                response.setHeader(REPLAYED, "true");
            }
            return outcome;
        } finally {
            inFlight.remove(sent.key());
        }
    }

    private Outcome once(IdempotentRequest sent, Supplier<List<Written>> work) {
        IdempotencyRecords.Place place = records.find(sent);
        IdempotencyRecord record = place.record();
        if (record == null) {
            List<Written> made = work.get();
            records.write(place, IdempotencyRecord.of(sent, made));
            return new Outcome(made, false);
        }
        if (!record.fingerprint().equals(sent.fingerprint().toString())) {
            throw new ProblemException(
                    ProblemType.IDEMPOTENCY_KEY_REUSED,
                    Violation.inHeader(
                            IdempotentRequest.HEADER,
                            "the key was used for another request within the last "
                                    + IdempotencyRecords.LIFETIME.toHours()
                                    + " hours"));
        }
        return new Outcome(record.written(), true);
    }
}
