package io.entitydb.security;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.Tag;
import io.entitydb.query.Condition;
import io.entitydb.query.EntitySearch;
import io.entitydb.query.Page;
import io.entitydb.query.PageRequest;
import io.entitydb.query.SortKey;
import io.entitydb.temporal.Timestamp;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps who did what, when, from where and with what result, as entities of the reserved dataset:
 * in the same log and the same chain of digests as everything else.
 */
@Component
public final class AuditTrail {

    static final Tag TYPE = Tag.parse("type:audit");

    private static final String PREFIX = "audit/";
    private static final String TRACE = "traceId";

    private final EntityRepository repository;
    private final EntitySearch search;
    private final Access access;
    private final JsonMapper json;

    /** A trail in a repository. */
    public AuditTrail(
            EntityRepository repository, EntitySearch search, Access access, JsonMapper json) {
        this.search = search;
        this.repository = repository;
        this.access = access;
        this.json = json;
    }

    /**
     * Keeps that the caller did something, in the transaction that surrounds the call: both are
     * there afterwards or neither is.
     */
    public void done(AuditAction action, @Nullable String target, @Nullable String detail) {
        keep(event(action, AuditEvent.Result.DONE, access.current(), target, detail));
    }

    /** What happens now, in the request that the present thread works on, if it does. */
    public static AuditEvent event(
            AuditAction action,
            AuditEvent.Result result,
            String principal,
            @Nullable String target,
            @Nullable String detail) {
        return new AuditEvent(
                action, result, principal, ClientAddress.current(), target, detail, traceId());
    }

    static @Nullable String traceId() {
        return MDC.get(TRACE);
    }

    /** Keeps an event, in the transaction that surrounds the call or one of its own. */
    public void keep(AuditEvent event) {
        repository.create(
                SystemRecords.key(PREFIX + Secrets.id()),
                SystemRecords.secret(
                        json,
                        event,
                        TYPE,
                        tag(event.action()),
                        tag(event.result()),
                        principal(event.principal())));
    }

    /**
     * An event as it is kept.
     *
     * @param id names it
     * @param at when it was kept
     * @param transaction the number of the transaction that holds it
     */
    public record Kept(String id, Timestamp at, long transaction, AuditEvent event) {}

    /**
     * Which events are wanted. What is null is not asked for.
     *
     * @param times between which instants
     */
    public record Wanted(
            @Nullable AuditAction action,
            AuditEvent.@Nullable Result result,
            @Nullable Tag principal,
            Condition times) {}

    /** The tag that events of a principal have. */
    public static Tag principal(String name) {
        return Tag.parse("principal:" + name);
    }

    /** A page of the events, newest first. */
    public Page<Kept> list(Wanted wanted, PageRequest page) {
        List<Condition> all = new ArrayList<>();
        all.add(new Condition.HasTag(TYPE));
        if (wanted.action() != null) {
            all.add(new Condition.HasTag(tag(wanted.action())));
        }
        if (wanted.result() != null) {
            all.add(new Condition.HasTag(tag(wanted.result())));
        }
        if (wanted.principal() != null) {
            all.add(new Condition.HasTag(wanted.principal()));
        }
        all.add(wanted.times());
        return search.search(
                        SystemRecords.living(
                                new Condition.All(all), SortKey.Field.CREATED_AT, true),
                        page)
                .map(this::kept);
    }

    private Kept kept(Entity entity) {
        return new Kept(
                entity.key().id().substring(PREFIX.length()),
                entity.createdAt(),
                entity.version().transaction(),
                SystemRecords.read(json, entity, AuditEvent.class));
    }

    private static Tag tag(AuditAction action) {
        return Tag.parse("action:" + action.label());
    }

    private static Tag tag(AuditEvent.Result result) {
        return Tag.parse("result:" + result.label());
    }
}
