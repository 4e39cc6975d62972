package io.entitydb.web.store;

import io.entitydb.entity.ChangeLog;
import io.entitydb.entity.LogPoint;
import io.entitydb.entity.StoreMaintenance;
import io.entitydb.security.Requires;
import io.entitydb.security.Right;
import io.entitydb.web.WebProperties;
import io.entitydb.web.http.ApiPaths;
import io.entitydb.web.http.PageParameters;
import io.entitydb.web.http.TransactionHeader;
import io.entitydb.web.openapi.Example;
import io.entitydb.web.openapi.Problems;
import io.entitydb.web.openapi.StoreSamples;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tells which store this is, and the digests that prove its history. */
@RestController
@RequestMapping(path = ApiPaths.STORE, produces = MediaType.APPLICATION_JSON_VALUE)
@RequiredArgsConstructor
@Tag(name = "Store")
class StoreReadController {

    private static final int MAX_DIGITS = 18;

    private final ChangeLog log;
    private final StoreMaintenance maintenance;
    private final WebProperties properties;
    private final TransactionHeader header;

    @Requires(Right.STORE_VIEW)
    @GetMapping
    @Operation(
            operationId = "getStore",
            summary = "Read what store this is",
            description =
                    "Its id, format and epoch, its newest durable transaction with the digest of"
                            + " all history, its state and limits.")
    @Example(answer = StoreSamples.STORE)
    @Problems({})
    StoreDocument store() {
        ChangeLog.History history = log.history();
        LogPoint newest = history.newest();
        header.tell(newest.sequence());
        return StoreDocument.of(history.origin(), newest, maintenance.condition(), properties);
    }

    @Requires(Right.STORE_VIEW)
    @GetMapping("/digest")
    @Operation(
            operationId = "getStoreDigest",
            summary = "Read the digest of all history up to a transaction",
            description =
                    "It never changes. Two stores that tell the same digest of a transaction hold"
                            + " the same history up to it, whatever was erased or retired since.")
    @Example(answer = StoreSamples.DIGEST)
    @Problems({
        ProblemType.TRANSACTION_NOT_FOUND,
        ProblemType.TRANSACTION_LOST,
        ProblemType.INVALID_QUERY,
        ProblemType.CORRUPT_DATA
    })
    StoreDocument.Point digest(
            @Parameter(
                            description =
                                    "Number of a transaction, 0 for the beginning; the newest"
                                            + " durable one if left out",
                            example = "8714")
                    @RequestParam(name = "tx", required = false)
                    @Nullable String transaction) {
        ChangeLog.History history = log.history();
        LogPoint newest = history.newest();
        LogPoint point = transaction == null ? newest : find(history, newest, transaction);
        header.tell(point.sequence());
        return StoreDocument.Point.of(point);
    }

    private static LogPoint find(ChangeLog.History history, LogPoint newest, String transaction) {
        long number = PageParameters.number("tx", transaction, MAX_DIGITS);
        LogPoint point = history.at(number);
        if (point != null) {
            return point;
        }
        if (number > newest.sequence()) {
            throw new ProblemException(
                    ProblemType.TRANSACTION_NOT_FOUND,
                    "no durable transaction " + number + "; the newest is " + newest.sequence());
        }
        throw new ProblemException(
                ProblemType.TRANSACTION_LOST, "a repair gave up transaction " + number);
    }
}
