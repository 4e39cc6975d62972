package io.entitydb.web.store;

import io.entitydb.entity.RetentionPlan;
import io.entitydb.entity.StoreMaintenance;
import io.entitydb.entity.WorkProgress;
import io.entitydb.security.Requires;
import io.entitydb.security.Right;
import io.entitydb.web.dataset.RetentionRules;
import io.entitydb.web.http.ApiPaths;
import io.entitydb.web.http.Flags;
import io.entitydb.web.openapi.Example;
import io.entitydb.web.openapi.Problems;
import io.entitydb.web.openapi.StoreSamples;
import io.entitydb.web.operations.OperationController;
import io.entitydb.web.operations.OperationDocument;
import io.entitydb.web.operations.Operations;
import io.entitydb.web.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The store as a whole. */
@RestController
@RequestMapping(path = ApiPaths.STORE, produces = MediaType.APPLICATION_JSON_VALUE)
@RequiredArgsConstructor
@Tag(name = "Store", description = "The store as a whole")
class StoreController {

    private final StoreMaintenance maintenance;
    private final RetentionRules rules;
    private final Operations operations;

    @Requires(Right.STORE_MAINTAIN)
    @PostMapping("/compactions")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "compactStore",
            summary = "Make the data file anew, while the service goes on",
            description =
                    "Without what erasures, failed uploads and older dictionaries left behind, and"
                            + " without the versions that the rules of retention of the datasets"
                            + " take away, for good. With dryRun=true it only tells what these are."
                            + " Writers wait for a moment at the end; the file needs as much space"
                            + " again meanwhile.")
    @Example(answer = StoreSamples.BEGUN)
    @Problems({ProblemType.INVALID_QUERY})
    ResponseEntity<OperationDocument> compact(
            @Parameter(description = "true: only tell what would go; false if left out")
                    @RequestParam(name = "dryRun", required = false)
                    @Nullable String dryRun) {
        boolean isDryRun = Flags.parse("dryRun", dryRun);
        return OperationController.accepted(
                operations.begin(
                        isDryRun ? "compaction-dry-run" : "compaction",
                        Right.STORE_MAINTAIN,
                        progress -> compact(isDryRun, progress)));
    }

    private CompactionResult compact(boolean isDryRun, WorkProgress progress) {
        RetentionPlan plan = maintenance.plan(rules.all(), progress);
        if (isDryRun) {
            return CompactionResult.of(plan);
        }
        return CompactionResult.of(plan, maintenance.compact(plan, progress));
    }

    @Requires(Right.STORE_MAINTAIN)
    @PostMapping("/verifications")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "verifyStore",
            summary = "Check all that is stored, while the service goes on",
            description =
                    "Reads the log once and compares it with its checksums, its chain and the index"
                            + " of entities. What does not verify is in the result of the"
                            + " operation, and in health from then on.")
    @Example(answer = StoreSamples.BEGUN)
    @Problems({})
    ResponseEntity<OperationDocument> verify() {
        return OperationController.accepted(
                operations.begin(
                        "verification",
                        Right.STORE_MAINTAIN,
                        progress -> CheckResult.of(maintenance.check(progress))));
    }

    @Requires(Right.STORE_MAINTAIN)
    @PostMapping("/checkpoints")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "checkpointStore",
            summary = "Write a checkpoint",
            description = "It makes the next opening short; one is written now and then anyway.")
    @Example(answer = StoreSamples.BEGUN)
    @Problems({})
    ResponseEntity<OperationDocument> checkpoint() {
        return OperationController.accepted(
                operations.begin(
                        "checkpoint",
                        Right.STORE_MAINTAIN,
                        progress -> {
                            maintenance.checkpoint();
                            return null;
                        }));
    }
}
