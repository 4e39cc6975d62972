package io.entitydb.web.store;

import io.entitydb.entity.StoreBackups;
import io.entitydb.security.Requires;
import io.entitydb.security.Right;
import io.entitydb.web.http.ApiPaths;
import io.entitydb.web.http.Flags;
import io.entitydb.web.http.PiecewiseAnswer;
import io.entitydb.web.openapi.Example;
import io.entitydb.web.openapi.Problems;
import io.entitydb.web.openapi.StoreSamples;
import io.entitydb.web.operations.OperationController;
import io.entitydb.web.operations.OperationDocument;
import io.entitydb.web.operations.Operations;
import io.entitydb.web.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.io.InputStream;

/** The backups of the store. */
@RestController
@RequestMapping(path = ApiPaths.STORE + "/backups")
@RequiredArgsConstructor
@Tag(name = "Store")
class BackupController {

    private final StoreBackups backups;
    private final Operations operations;

    /** Spring's stand-in for the answer of the request that the present thread works on. */
    private final HttpServletResponse response;

    @Requires(Right.STORE_BACKUP)
    @PostMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "backUpStore",
            summary = "Make a backup, while the service goes on",
            description =
                    "Into the directory that entitydb.backup.directory sets. It continues the"
                            + " newest backup where that is possible, and is verified before it"
                            + " counts. The result of the operation tells the backup.")
    @Example(answer = StoreSamples.BEGUN)
    @Problems({ProblemType.BACKUP_OFF, ProblemType.INVALID_QUERY})
    ResponseEntity<OperationDocument> make(
            @Parameter(description = "true: of all history; false if left out")
                    @RequestParam(name = "full", required = false)
                    @Nullable String full) {
        boolean isFull = Flags.parse("full", full);
        backups.requireOn();
        return OperationController.accepted(
                operations.begin(
                        "backup",
                        Right.STORE_BACKUP,
                        progress -> BackupDocument.Result.of(backups.make(isFull, progress))));
    }

    @Requires(Right.STORE_BACKUP)
    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "listBackups",
            summary = "List the backups",
            description =
                    "Those that a store can be restored from, the newest first. An increment whose"
                            + " predecessor is missing or damaged is none of them.")
    @Example(answer = StoreSamples.BACKUPS)
    @Problems({ProblemType.BACKUP_OFF})
    BackupDocument.Many list() {
        return new BackupDocument.Many(backups.list().stream().map(BackupDocument::of).toList());
    }

    @Requires(Right.STORE_BACKUP)
    @GetMapping(path = "/{backup}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "getBackup",
            summary = "Read what a backup holds",
            description = "Up to which transaction, with the digest of all history up to it.")
    @Example(answer = StoreSamples.BACKUP)
    @Problems({ProblemType.BACKUP_OFF, ProblemType.BACKUP_NOT_FOUND})
    BackupDocument find(@PathVariable("backup") String id) {
        return BackupDocument.of(backups.find(id));
    }

    @Requires(Right.STORE_BACKUP)
    @GetMapping(path = "/{backup}/content", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Operation(
            operationId = "getBackupContent",
            summary = "Fetch the file of a backup",
            description =
                    "A full one can be verified and restored from alone; an increment together with"
                            + " those before it, under the names that the answers give.")
    @ApiResponse(
            responseCode = "200",
            description = "The file",
            content = @Content(mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE))
    @Example(text = "EUFF…")
    @Problems({ProblemType.BACKUP_OFF, ProblemType.BACKUP_NOT_FOUND})
    void content(@PathVariable("backup") String id, HttpServletRequest request) throws IOException {
        StoreBackups.File file = backups.file(id);
        if (HttpMethod.HEAD.matches(request.getMethod())) {
            begin(file);
            return;
        }
        try (InputStream bytes = file.content().open()) {
            PiecewiseAnswer.send(bytes, file.length(), response, () -> begin(file));
        }
    }

    private void begin(StoreBackups.File file) {
        response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename(file.name()).build().toString());
        response.setContentLengthLong(file.length());
    }
}
