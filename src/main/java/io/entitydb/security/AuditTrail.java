package io.entitydb.security;

import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.Tag;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import tools.jackson.databind.json.JsonMapper;

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
    private final Access access;
    private final JsonMapper json;

    AuditTrail(EntityRepository repository, Access access, JsonMapper json) {
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
        String address =
                RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes now
                        ? now.getRequest().getRemoteAddr()
                        : null;
        return new AuditEvent(action, result, principal, address, target, detail, MDC.get(TRACE));
    }

    /** Keeps an event, in the transaction that surrounds the call or one of its own. */
    public void keep(AuditEvent event) {
        repository.create(
                SystemRecords.key(PREFIX + Secrets.id()),
                SystemRecords.secret(
                        json,
                        event,
                        TYPE,
                        Tag.parse("action:" + event.action().label()),
                        Tag.parse("result:" + event.result().label()),
                        Tag.parse("principal:" + event.principal())));
    }
}
