package io.entitydb.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.IOException;

/**
 * Has the audit trail keep what users were refused, whoever refused it: the method and the path of
 * the request, and nothing that was in it. Requests of nobody known are not kept.
 */
final class RefusalFilter extends OncePerRequestFilter {

    private static final int LONGEST_TARGET = 300;

    private final Access access;
    private final AuditQueue audit;

    RefusalFilter(Access access, AuditQueue audit) {
        this.access = access;
        this.audit = audit;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Caller caller = access.caller();
        chain.doFilter(request, response);
        if (response.getStatus() == HttpStatus.FORBIDDEN.value()
                && caller.method() != Caller.Method.NONE) {
            String target = request.getMethod() + " " + request.getRequestURI();
            audit.refused(
                    new AuditEvent(
                            AuditAction.REFUSAL,
                            AuditEvent.Result.REFUSED,
                            caller.name(),
                            request.getRemoteAddr(),
                            target.substring(0, Math.min(target.length(), LONGEST_TARGET)),
                            null,
                            AuditTrail.traceId()));
        }
    }
}
