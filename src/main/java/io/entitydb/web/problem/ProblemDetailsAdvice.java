package io.entitydb.web.problem;

import io.entitydb.entity.EntityDbException;
import io.entitydb.query.SearchUnavailableException;
import io.entitydb.security.NoLongerAuthenticatedException;
import io.entitydb.security.Passwords;
import io.entitydb.security.TooManyRequestsException;
import io.entitydb.storage.error.BackupException;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.DamagedEntityException;
import io.entitydb.storage.error.LostSequences;
import io.entitydb.storage.error.OutcomeUnknownException;
import io.entitydb.storage.error.RecoveryFailedException;
import io.entitydb.storage.error.StorageBusyException;
import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.error.StorageFullException;
import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.error.StorageLockedException;
import io.entitydb.storage.error.StorageReadOnlyException;
import io.entitydb.storage.error.UnsupportedFormatException;
import io.entitydb.storage.error.UploadLostException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import lombok.extern.slf4j.Slf4j;

import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Answers every exception of a request with a problem document.
 *
 * <p>What the engine says about files and directories goes to the log, never to clients.
 */
@Slf4j
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class ProblemDetailsAdvice extends ResponseEntityExceptionHandler {

    /** A content may be erased while it is sent: then the server breaks the answer off. */
    @ExceptionHandler
    ResponseEntity<Object> refused(
            EntityDbException error, HttpServletRequest request, HttpServletResponse response) {
        if (response.isCommitted()) {
            throw error;
        }
        return answer(EntityProblems.of(error), HttpHeaders.EMPTY, request);
    }

    /** Where the answer has begun, the server breaks it off: nothing is added to a content. */
    @ExceptionHandler
    ResponseEntity<Object> storeFailed(
            StorageException error, HttpServletRequest request, HttpServletResponse response) {
        Problem problem = problemOf(error);
        log.atWarn()
                .addKeyValue("code", error.code())
                .addKeyValue("traceId", TraceId.of(request))
                .setCause(error)
                .log("request failed in the store");
        if (response.isCommitted()) {
            throw error;
        }
        return answer(problem, HttpHeaders.EMPTY, request);
    }

    @ExceptionHandler
    ResponseEntity<Object> searchFailed(
            SearchUnavailableException error, HttpServletRequest request) {
        log.atWarn()
                .addKeyValue("code", error.code())
                .addKeyValue("traceId", TraceId.of(request))
                .setCause(error)
                .log("query could not be answered");
        Problem problem =
                Problem.of(
                        ProblemType.SEARCH_UNAVAILABLE,
                        "the index is being built or lags behind; reading by id works");
        return answer(problem, HttpHeaders.EMPTY, request);
    }

    @ExceptionHandler
    ResponseEntity<Object> timedOut(
            TransactionTimedOutException error, HttpServletRequest request) {
        Problem problem =
                Problem.of(ProblemType.TIMEOUT, "the transaction timed out; nothing was written");
        return answer(problem, HttpHeaders.EMPTY, request);
    }

    @ExceptionHandler
    ResponseEntity<Object> ended(ProblemException error, HttpServletRequest request) {
        return answer(error.problem(), HttpHeaders.EMPTY, request);
    }

    @ExceptionHandler
    ResponseEntity<Object> tooOften(TooManyRequestsException error, HttpServletRequest request) {
        return answer(problemOf(error), HttpHeaders.EMPTY, request);
    }

    @ExceptionHandler
    ResponseEntity<Object> gone(NoLongerAuthenticatedException error, HttpServletRequest request) {
        HttpHeaders challenge = new HttpHeaders();
        challenge.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
        return answer(problemOf(error), challenge, request);
    }

    @ExceptionHandler
    ResponseEntity<Object> tooManyPasswords(
            Passwords.BusyException error, HttpServletRequest request) {
        Problem problem =
                Problem.of(
                        ProblemType.AUTHENTICATION_UNAVAILABLE, String.valueOf(error.getMessage()));
        return answer(problem, HttpHeaders.EMPTY, request);
    }

    @ExceptionHandler
    ResponseEntity<Object> badParameters(
            InvalidParameterException error, HttpServletRequest request) {
        Problem problem = FrameworkProblems.of(HttpStatusCode.valueOf(error.getErrorCode()));
        return answer(problem, HttpHeaders.EMPTY, request);
    }

    /** The last resort: a fault of this program, unless the client went away. */
    @ExceptionHandler
    @Nullable ResponseEntity<Object> failed(
            Exception error, HttpServletRequest request, HttpServletResponse response) {
        if (response.isCommitted()
                || DisconnectedClientHelper.isClientDisconnectedException(error)) {
            log.atDebug()
                    .addKeyValue("traceId", TraceId.of(request))
                    .setCause(error)
                    .log("answer could not be sent");
            return null;
        }
        return answer(internalError(error, request), HttpHeaders.EMPTY, request);
    }

    /** As for any other exception of the framework: what clients do wrong is not logged. */
    @Override
    protected @Nullable ResponseEntity<Object> handleHttpRequestMethodNotSupported(
            HttpRequestMethodNotSupportedException error,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return handleExceptionInternal(error, null, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception error,
            @Nullable Object body,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        ServletWebRequest exchange = (ServletWebRequest) request;
        HttpServletRequest servletRequest = exchange.getRequest();
        HttpServletResponse response = exchange.getResponse();
        if (response == null || response.isCommitted()) {
            return null;
        }
        Problem problem =
                switch (BodyProblems.causeOf(error)) {
                    case EntityDbException cause -> EntityProblems.of(cause);
                    case ProblemException cause -> cause.problem();
                    case null, default -> FrameworkProblems.of(error, status);
                };
        if (problem.type() == ProblemType.INTERNAL_ERROR) {
            problem = internalError(error, servletRequest);
        }
        return answer(problem, headers, servletRequest);
    }

    @ExceptionHandler
    ResponseEntity<Object> unreliable(
            AuthenticationServiceException error, HttpServletRequest request) {
        return answer(
                Problem.of(
                        ProblemType.AUTHENTICATION_UNAVAILABLE, String.valueOf(error.getMessage())),
                HttpHeaders.EMPTY,
                request);
    }

    /** The problem that an exception tells of, wherever it was met. */
    public static Problem problemOf(Throwable error) {
        return switch (error) {
            case EntityDbException known -> EntityProblems.of(known);
            case StorageException known -> problemOf(known);
            case ProblemException known -> known.problem();
            case TooManyRequestsException known -> tooMany(known);
            case NoLongerAuthenticatedException known ->
                    Problem.of(ProblemType.UNAUTHENTICATED, String.valueOf(known.getMessage()));
            default -> Problem.of(ProblemType.INTERNAL_ERROR, FrameworkProblems.FAULT);
        };
    }

    private static Problem problemOf(StorageException error) {
        return switch (error) {
            case BackupException e -> Problem.of(typeOf(e), String.valueOf(e.getMessage()));
            case CorruptDataException e -> Problem.of(ProblemType.CORRUPT_DATA, detailOf(e));
            case DamagedEntityException e ->
                    Problem.of(
                            ProblemType.ENTITY_DAMAGED,
                            "the newest version does not verify, so nothing can be built on it;"
                                    + " nothing was written, earlier versions can be read");
            case OutcomeUnknownException e ->
                    Problem.of(
                            ProblemType.OUTCOME_UNKNOWN,
                            "the outcome is unknown: the change may or may not have been stored;"
                                    + " read the entity to find out before trying again");
            case StorageFullException e ->
                    Problem.of(
                            ProblemType.STORAGE_FULL,
                            "there is no space for the change; nothing was written, reads go on");
            case UploadLostException e ->
                    Problem.of(
                            ProblemType.UPLOAD_LOST,
                            "the store was interrupted while the content was sent; nothing of it"
                                    + " was stored");
            case StorageBusyException e ->
                    Problem.of(
                            ProblemType.STORAGE_BUSY,
                            "too many changes are waiting; nothing was written");
            case StorageReadOnlyException e ->
                    Problem.of(
                            ProblemType.STORAGE_READ_ONLY,
                            "the store is read-only (" + e.reason() + "); reads go on");
            case StorageClosedException e ->
                    Problem.of(ProblemType.STORAGE_CLOSED, "the store is " + e.state());
            case StorageLockedException e ->
                    Problem.of(ProblemType.STORAGE_LOCKED, "another process has the store open");
            case StorageIoException e ->
                    Problem.of(ProblemType.STORAGE_IO, "the system refused to read or write");
            case UnsupportedFormatException e ->
                    Problem.of(
                            ProblemType.UNSUPPORTED_FORMAT,
                            "the files are not of a format that this version reads");
            case RecoveryFailedException e ->
                    Problem.of(ProblemType.RECOVERY_FAILED, "the store could not be recovered");
        };
    }

    private static ProblemType typeOf(BackupException error) {
        return switch (error.kind()) {
            case BACKUP_OFF -> ProblemType.BACKUP_OFF;
            case BACKUP_RUNNING -> ProblemType.BACKUP_RUNNING;
            case BACKUP_NOT_FOUND -> ProblemType.BACKUP_NOT_FOUND;
            case BACKUP_FOREIGN -> ProblemType.BACKUP_FOREIGN;
            case BACKUP_TARGET_UNWRITABLE -> ProblemType.BACKUP_TARGET_UNWRITABLE;
            case BACKUP_TARGET_FULL -> ProblemType.BACKUP_TARGET_FULL;
            case BACKUP_DAMAGED -> ProblemType.BACKUP_DAMAGED;
            case RESTORE_REFUSED -> ProblemType.RESTORE_REFUSED;
        };
    }

    private static Problem tooMany(TooManyRequestsException error) {
        return Problem.of(ProblemType.TOO_MANY_REQUESTS, String.valueOf(error.getMessage()))
                .after(error.retryAfterSeconds());
    }

    private static String detailOf(CorruptDataException damage) {
        LostSequences lost = damage.lost();
        return lost == null
                ? "stored bytes do not verify and are not served"
                : "the answer depends on " + lost + ", which cannot be read";
    }

    private static Problem internalError(Exception error, HttpServletRequest request) {
        log.atError()
                .addKeyValue("traceId", TraceId.of(request))
                .setCause(error)
                .log("request failed");
        return Problem.of(ProblemType.INTERNAL_ERROR, FrameworkProblems.FAULT);
    }

    private static ResponseEntity<Object> answer(
            Problem problem, HttpHeaders offered, HttpServletRequest request) {
        ProblemType type = problem.type();
        HttpHeaders headers = new HttpHeaders();
        headers.putAll(offered);
        if (problem.retryAfterSeconds() > 0) {
            headers.set(HttpHeaders.RETRY_AFTER, Integer.toString(problem.retryAfterSeconds()));
        }
        headers.setCacheControl(CacheControl.noStore());
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return new ResponseEntity<>(ProblemDocument.of(problem, request), headers, type.status());
    }
}
