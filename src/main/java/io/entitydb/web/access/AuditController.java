package io.entitydb.web.access;

import io.entitydb.query.Page;
import io.entitydb.security.AuditTrail;
import io.entitydb.security.Requires;
import io.entitydb.security.Right;
import io.entitydb.web.http.ApiPaths;
import io.entitydb.web.http.PageDocument;
import io.entitydb.web.http.PageParameters;
import io.entitydb.web.http.TransactionHeader;
import io.entitydb.web.openapi.AccessSamples;
import io.entitydb.web.openapi.Example;
import io.entitydb.web.openapi.Problems;
import io.entitydb.web.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import lombok.RequiredArgsConstructor;

import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The audit trail. */
@RestController
@RequestMapping(path = ApiPaths.AUDIT, produces = MediaType.APPLICATION_JSON_VALUE)
@RequiredArgsConstructor
@Tag(name = "Audit", description = "Who did what, when, from where, and with what result")
class AuditController {

    private final AuditTrail trail;
    private final TransactionHeader header;

    @Requires(Right.AUDIT_VIEW)
    @GetMapping
    @Operation(
            operationId = "listAuditEvents",
            summary = "Read the audit trail",
            description =
                    "Logins, refusals, changes to users, roles, keys, datasets and rules of"
                            + " retention, erasures and work on the store, newest first; never a"
                            + " secret or a content. Changes to entities are in their history."
                            + " Refusals appear within a second or two; of too many at once, the"
                            + " event omission tells how many were not kept one by one.")
    @Example(answer = AccessSamples.AUDIT)
    @Problems({
        ProblemType.ACCESS_DENIED,
        ProblemType.INVALID_QUERY,
        ProblemType.SEARCH_UNAVAILABLE
    })
    PageDocument<AuditEventDocument> list(@ParameterObject AuditParameters parameters) {
        Page<AuditTrail.Kept> page =
                trail.list(
                        parameters.wanted(),
                        PageParameters.of(parameters.limit(), parameters.cursor(), null));
        header.tell(page.snapshot());
        return PageDocument.of(page.map(AuditEventDocument::of));
    }
}
