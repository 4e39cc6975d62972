package io.entitydb.transaction;

import io.entitydb.entity.AccessDeniedException;
import io.entitydb.entity.EntityDbException;
import io.entitydb.entity.InvalidEntityException;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.entity.NotFoundException;
import io.entitydb.entity.PreconditionFailedException;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.storage.error.StorageException;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.dao.support.PersistenceExceptionTranslator;
import org.springframework.transaction.TransactionTimedOutException;

/**
 * Says the product's errors in Spring's vocabulary, for those who prefer it.
 *
 * <p>Spring applies it to what leaves beans marked {@code @Repository}, commits of transactions
 * that begin there included. All others, the web layer among them, get the errors as they are. The
 * original is always the cause.
 */
final class EntityExceptionTranslator implements PersistenceExceptionTranslator {

    @Override
    public @Nullable DataAccessException translateExceptionIfPossible(RuntimeException error) {
        return switch (error) {
            case EntityDbException refused -> translate(refused);
            case StorageException failed -> translate(failed);
            case TransactionTimedOutException late ->
                    new QueryTimeoutException(late.getMessage(), late);
            default -> null;
        };
    }

    private static DataAccessException translate(EntityDbException error) {
        String message = error.code() + ": " + error.getMessage();
        return switch (error) {
            case VersionConflictException e -> new OptimisticLockingFailureException(message, e);
            case PreconditionFailedException e -> new OptimisticLockingFailureException(message, e);
            case NotFoundException e -> new DataRetrievalFailureException(message, e);
            case InvalidEntityException e -> new DataIntegrityViolationException(message, e);
            case InvalidQueryException e -> new InvalidDataAccessApiUsageException(message, e);
            case AccessDeniedException e -> new PermissionDeniedDataAccessException(message, e);
        };
    }

    private static DataAccessException translate(StorageException error) {
        String message = error.code() + ": " + error.getMessage();
        return error.isRetryable()
                ? new TransientDataAccessResourceException(message, error)
                : new DataAccessResourceFailureException(message, error);
    }
}
