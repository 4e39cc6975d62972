package io.entitydb.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.entitydb.entity.AccessDeniedException;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.InvalidEntityException;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.entity.NotFoundException;
import io.entitydb.entity.PreconditionFailedException;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.OutcomeUnknownException;
import io.entitydb.storage.error.StorageBusyException;
import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.error.StorageFullException;
import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.error.StorageReadOnlyException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.transaction.TransactionTimedOutException;

import java.io.IOException;
import java.util.stream.Stream;

class EntityExceptionTranslatorTests {

    private static final EntityKey KEY = new EntityKey("default", "a");

    private final EntityExceptionTranslator translator = new EntityExceptionTranslator();

    static Stream<Arguments> errors() {
        return Stream.of(
                arguments(
                        new VersionConflictException(KEY, "lost"),
                        OptimisticLockingFailureException.class),
                arguments(
                        new PreconditionFailedException(KEY, 1, 2),
                        OptimisticLockingFailureException.class),
                arguments(NotFoundException.missing(KEY), DataRetrievalFailureException.class),
                arguments(
                        new InvalidEntityException("/id", "too long"),
                        DataIntegrityViolationException.class),
                arguments(
                        new InvalidQueryException("limit", "too much"),
                        InvalidDataAccessApiUsageException.class),
                arguments(
                        new AccessDeniedException("reserved"),
                        PermissionDeniedDataAccessException.class),
                arguments(
                        new TransactionTimedOutException("too late"), QueryTimeoutException.class),
                arguments(new StorageBusyException(1), TransientDataAccessResourceException.class),
                arguments(
                        new StorageClosedException("opening"),
                        TransientDataAccessResourceException.class),
                arguments(
                        new StorageFullException(1, 0), TransientDataAccessResourceException.class),
                arguments(
                        new StorageReadOnlyException("no-space"),
                        TransientDataAccessResourceException.class),
                arguments(
                        new OutcomeUnknownException("too long"),
                        DataAccessResourceFailureException.class),
                arguments(
                        new CorruptDataException("entities.edb", 8192, "crc"),
                        DataAccessResourceFailureException.class),
                arguments(
                        new StorageIoException("force", new IOException("broken")),
                        DataAccessResourceFailureException.class));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void eachErrorHasItsNameInSpring(
            RuntimeException error, Class<? extends DataAccessException> expected) {
        DataAccessException translated = translator.translateExceptionIfPossible(error);

        assertThat(translated)
                .isExactlyInstanceOf(expected)
                .hasCause(error)
                .hasMessageContaining(String.valueOf(error.getMessage()));
    }

    @Test
    void othersErrorsAreLeftToThem() {
        assertThat(translator.translateExceptionIfPossible(new IllegalStateException("bug")))
                .isNull();
    }
}
