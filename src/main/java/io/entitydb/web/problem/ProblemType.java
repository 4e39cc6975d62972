package io.entitydb.web.problem;

import org.springframework.http.HttpStatus;

import java.net.URI;
import java.util.Locale;

/**
 * The kinds of problems that an answer may tell of: status, title, and when to try again.
 *
 * <p>The code of a kind, its name in kebab-case, is stable: clients may rely on it.
 */
public enum ProblemType {
    /** Request line, header or body that breaks the rules of HTTP. */
    MALFORMED_REQUEST(HttpStatus.BAD_REQUEST, "The request cannot be read"),
    /** A body that is no JSON. */
    MALFORMED_JSON(HttpStatus.BAD_REQUEST, "The body is not JSON"),
    /** No body where one is needed. */
    MISSING_BODY(HttpStatus.BAD_REQUEST, "The request has no body"),
    /** A request without a token that is valid. */
    UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "Who makes the request is not known"),
    /** A name and a password that do not belong together, or a user who is kept out. */
    LOGIN_FAILED(HttpStatus.UNAUTHORIZED, "The login failed"),
    /** Something that nobody may do, or not this client. */
    ACCESS_DENIED(HttpStatus.FORBIDDEN, "Access is denied"),
    /** A path that leads nowhere. */
    PATH_NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing at this path"),
    /** A dataset that was not made. */
    DATASET_NOT_FOUND(HttpStatus.NOT_FOUND, "The dataset does not exist"),
    /** An entity that was never made. */
    ENTITY_NOT_FOUND(HttpStatus.NOT_FOUND, "The entity does not exist"),
    /** A version that the entity does not have. */
    VERSION_NOT_FOUND(HttpStatus.NOT_FOUND, "The version does not exist"),
    /** A user, role or key that was not made. */
    ACCOUNT_NOT_FOUND(HttpStatus.NOT_FOUND, "The user, role or key does not exist"),
    /** A transaction that was not made. */
    TRANSACTION_NOT_FOUND(HttpStatus.NOT_FOUND, "The transaction does not exist"),
    /** A method that the resource does not have. */
    OPERATION_NOT_FOUND(HttpStatus.NOT_FOUND, "The operation is not known"),
    /** A backup that the directory does not hold. */
    BACKUP_NOT_FOUND(HttpStatus.NOT_FOUND, "The backup does not exist"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "The resource has no such method"),
    /** No media type that the client would take. */
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "No acceptable media type is offered"),
    /** A body that does not arrive in time. */
    BODY_TOO_SLOW(HttpStatus.REQUEST_TIMEOUT, "The body did not arrive in time"),
    /** The state of the entity forbids the change. */
    VERSION_CONFLICT(HttpStatus.CONFLICT, "The change conflicts with the state of the entity"),
    /** An operation of a transaction that cannot be made. */
    OPERATION_FAILED(HttpStatus.CONFLICT, "An operation of the transaction cannot be made"),
    /** A request under the same idempotency key is being worked on. */
    IDEMPOTENCY_IN_FLIGHT(HttpStatus.CONFLICT, "The same request is being worked on", 1),
    /** A change to an entity whose newest version does not verify. */
    ENTITY_DAMAGED(HttpStatus.CONFLICT, "The newest version of the entity is damaged"),
    /** A user of that name exists, or did. */
    USER_EXISTS(HttpStatus.CONFLICT, "The name is taken"),
    /** A dataset of that name exists. */
    DATASET_EXISTS(HttpStatus.CONFLICT, "The dataset exists"),
    /** A dataset with living entities is not deleted. */
    DATASET_NOT_EMPTY(HttpStatus.CONFLICT, "The dataset is not empty"),
    /** No directory for backups is set. */
    BACKUP_OFF(HttpStatus.CONFLICT, "Backups are not set up"),
    /** Another backup is under way. */
    BACKUP_RUNNING(HttpStatus.CONFLICT, "Another backup is being made", 60),
    /** The directory for backups is another store's. */
    BACKUP_FOREIGN(HttpStatus.CONFLICT, "The directory holds backups of another store"),
    /** A restore that cannot be made. */
    RESTORE_REFUSED(HttpStatus.CONFLICT, "The store cannot be restored like that"),
    /** An entity that is deleted. */
    ENTITY_DELETED(HttpStatus.GONE, "The entity is deleted"),
    /** An entity, or a version of it, that is erased. */
    ENTITY_ERASED(HttpStatus.GONE, "The entity is erased"),
    VERSION_RETIRED(HttpStatus.GONE, "The version was removed"),
    /** A place in the feed of changes from which history cannot be told on. */
    CURSOR_GONE(HttpStatus.GONE, "The cursor belongs to another history"),
    /** A transaction that a repair gave up. */
    TRANSACTION_LOST(HttpStatus.GONE, "The transaction is lost"),
    /** A condition of the request does not hold. */
    PRECONDITION_FAILED(HttpStatus.PRECONDITION_FAILED, "A condition of the request does not hold"),
    /** More bytes than a body may have. */
    BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),
    /** More bytes than a path may have. */
    URI_TOO_LONG(HttpStatus.URI_TOO_LONG, "The path is too long"),
    /** A range that lies outside of the content. */
    RANGE_NOT_SATISFIABLE(
            HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "The range is outside of the content"),
    /** A body of another media type. */
    UNSUPPORTED_MEDIA_TYPE(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The media type of the body is not supported"),
    /** A body of the wrong shape. */
    INVALID_BODY(HttpStatus.UNPROCESSABLE_CONTENT, "The body is not valid"),
    /** A field that the body may not have. */
    UNKNOWN_FIELD(HttpStatus.UNPROCESSABLE_CONTENT, "The body has an unknown field"),
    /** Id, tags or content that break a rule. */
    INVALID_ENTITY(HttpStatus.UNPROCESSABLE_CONTENT, "The entity is not valid"),
    /** A content that is not what its digest says. */
    DIGEST_MISMATCH(
            HttpStatus.UNPROCESSABLE_CONTENT, "The content is not the one that the digest is of"),
    /** An idempotency key that another request was made under. */
    IDEMPOTENCY_KEY_REUSED(
            HttpStatus.UNPROCESSABLE_CONTENT, "The idempotency key belongs to another request"),
    /** A parameter with a wrong value. */
    INVALID_QUERY(HttpStatus.UNPROCESSABLE_CONTENT, "A parameter is not valid"),
    /** A parameter that the resource does not have. */
    UNKNOWN_PARAMETER(HttpStatus.UNPROCESSABLE_CONTENT, "A parameter is unknown"),
    /** More bytes than headers may have. */
    HEADERS_TOO_LARGE(
            HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The headers of the request are too large"),
    /** More requests than are allowed. */
    TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS, "Too many requests", 1),
    /** A fault of the service. */
    INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "The service failed"),
    /** Stored bytes that do not verify. */
    CORRUPT_DATA(HttpStatus.INTERNAL_SERVER_ERROR, "Stored bytes are damaged"),
    /** A backup that does not verify. */
    BACKUP_DAMAGED(HttpStatus.INTERNAL_SERVER_ERROR, "A backup is damaged"),
    /** A method that the server does not know. */
    NOT_IMPLEMENTED(HttpStatus.NOT_IMPLEMENTED, "The server does not know the method"),
    /** A version of HTTP that the server does not speak. */
    HTTP_VERSION(HttpStatus.HTTP_VERSION_NOT_SUPPORTED, "The version of HTTP is not supported"),
    /** The request took too long. */
    TIMEOUT(HttpStatus.SERVICE_UNAVAILABLE, "The request took too long", 5),
    /** A transaction that the request wants to see is not visible. */
    TRANSACTION_NOT_VISIBLE(HttpStatus.SERVICE_UNAVAILABLE, "A transaction is not visible yet", 1),
    /** The service is starting or stopping. */
    SERVICE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The service is not available", 5),
    /** The issuer of a token does not answer, or too many passwords are being compared. */
    AUTHENTICATION_UNAVAILABLE(
            HttpStatus.SERVICE_UNAVAILABLE, "Who makes the request cannot be found out now", 5),
    /** More feeds of changes than are allowed at once. */
    TOO_MANY_FEEDS(HttpStatus.SERVICE_UNAVAILABLE, "Too many clients follow the changes", 5),
    /** The index is being built. */
    SEARCH_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Queries cannot be answered now", 5),
    /** The store is not open. */
    STORAGE_CLOSED(HttpStatus.SERVICE_UNAVAILABLE, "The store is not open", 5),
    /** The store could not be opened. */
    STORAGE_LOCKED(HttpStatus.SERVICE_UNAVAILABLE, "The store is in use elsewhere", 30),
    /** The queue of writes is full. */
    STORAGE_BUSY(HttpStatus.SERVICE_UNAVAILABLE, "The store is busy", 1),
    /** What was received of a content is lost. */
    UPLOAD_LOST(HttpStatus.SERVICE_UNAVAILABLE, "The content has to be sent again", 1),
    /** The store takes no writes. */
    STORAGE_READ_ONLY(HttpStatus.SERVICE_UNAVAILABLE, "The store takes no writes", 30),
    /** The operating system refused. */
    STORAGE_IO(HttpStatus.SERVICE_UNAVAILABLE, "The store cannot reach its files", 30),
    /** Files of another format. */
    UNSUPPORTED_FORMAT(HttpStatus.SERVICE_UNAVAILABLE, "The store cannot read its files", 60),
    /** The store could not be opened. */
    RECOVERY_FAILED(HttpStatus.SERVICE_UNAVAILABLE, "The store could not be opened", 60),
    /** A commit that may or may not have happened. */
    OUTCOME_UNKNOWN(
            HttpStatus.SERVICE_UNAVAILABLE, "It is unknown whether the change was stored", 5),
    /** The directory for backups does not take any. */
    BACKUP_TARGET_UNWRITABLE(
            HttpStatus.SERVICE_UNAVAILABLE, "The directory for backups cannot be written", 60),
    /** The directory for backups has no space. */
    BACKUP_TARGET_FULL(
            HttpStatus.INSUFFICIENT_STORAGE, "The directory for backups has no space for more", 60),
    /** No space for more. */
    STORAGE_FULL(HttpStatus.INSUFFICIENT_STORAGE, "The store has no space for more", 60);

    private static final String URN = "urn:entitydb:problem:";

    private final HttpStatus status;
    private final String title;
    private final int retryAfterSeconds;

    ProblemType(HttpStatus status, String title) {
        this(status, title, 0);
    }

    ProblemType(HttpStatus status, String title, int retryAfterSeconds) {
        this.status = status;
        this.title = title;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** A stable name in kebab-case. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Identifies the kind of problem. */
    public URI uri() {
        return URI.create(URN + code());
    }

    /** The status of the answer. */
    public HttpStatus status() {
        return status;
    }

    /** The kind of problem in a few words. */
    public String title() {
        return title;
    }

    /** After how many seconds a retry may help; 0 if it will not. */
    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
