package io.entitydb.web.access;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.entitydb.security.AuditEvent;
import io.entitydb.security.AuditTrail;
import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

/**
 * An event of the audit trail as answers show it.
 *
 * @param id names it
 * @param at when it was kept
 * @param action what was done, or tried
 * @param result how it ended
 * @param principal who did it
 * @param address from which address; left out if the service did it
 * @param target what it was done to
 * @param detail more, in few words
 * @param traceId finds the request in the log
 * @param transaction the transaction that holds it, in the same chain as everything else
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "AuditEvent")
record AuditEventDocument(
        @Schema(example = "0f6a1c2e3b4d5f60718293a4b5c6d7e8") String id,
        @Schema(example = "2027-02-21T09:00:00.123456789Z") String at,
        @Schema(example = "user-change") String action,
        @Schema(
                        example = "done",
                        allowableValues = {"done", "refused", "failed"})
                String result,
        @Schema(example = "admin") String principal,
        @Schema(example = "192.0.2.17") @Nullable String address,
        @Schema(example = "ada") @Nullable String target,
        @Schema(example = "tags: rbac:role:viewer") @Nullable String detail,
        @Schema(example = "4bf92f3577b34da6a3ce929d0e0e4736") @Nullable String traceId,
        @Schema(example = "8714") long transaction) {

    static AuditEventDocument of(AuditTrail.Kept kept) {
        AuditEvent event = kept.event();
        return new AuditEventDocument(
                kept.id(),
                kept.at().toString(),
                event.action().label(),
                event.result().label(),
                event.principal(),
                event.address(),
                event.target(),
                event.detail(),
                event.traceId(),
                kept.transaction());
    }
}
