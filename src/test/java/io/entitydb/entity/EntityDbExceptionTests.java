package io.entitydb.entity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.stream.Stream;

class EntityDbExceptionTests {

    private static final EntityKey KEY = new EntityKey("default", "a/b");

    @Test
    void eachRefusalHasAStableCode() {
        assertThat(
                        Stream.of(
                                        NotFoundException.missing(KEY),
                                        NotFoundException.deleted(KEY),
                                        NotFoundException.version(KEY, 7),
                                        NotFoundException.dataset("x"),
                                        new VersionConflictException(KEY, "lost"),
                                        new PreconditionFailedException(KEY, 1, 2),
                                        new InvalidEntityException("/id", "no"),
                                        new InvalidQueryException("limit", "no"),
                                        new AccessDeniedException("no"))
                                .map(EntityDbException::code))
                .containsExactly(
                        "entity-not-found",
                        "entity-deleted",
                        "version-not-found",
                        "dataset-not-found",
                        "version-conflict",
                        "precondition-failed",
                        "invalid-entity",
                        "invalid-query",
                        "access-denied");
    }

    @Test
    void messagesSayWhatWhereAndWithWhichNumbers() {
        assertThat(NotFoundException.version(KEY, 7))
                .hasMessage("entity default/a/b has no version 7");
        assertThat(new PreconditionFailedException(KEY, 1, 2))
                .hasMessage("entity default/a/b is at version 2, required was 1");
        assertThat(new VersionConflictException(KEY, "is at version 3"))
                .hasMessage("entity default/a/b: is at version 3");
    }

    @Test
    void onlyAConflictMayEndOtherwiseNextTime() {
        assertThat(new VersionConflictException(KEY, "lost").isRetryable()).isTrue();
        assertThat(new PreconditionFailedException(KEY, 1, 2).isRetryable()).isFalse();
        assertThat(NotFoundException.missing(KEY).isRetryable()).isFalse();
        assertThat(NotFoundException.missing(KEY).isDeleted()).isFalse();
        assertThat(NotFoundException.deleted(KEY).isDeleted()).isTrue();
    }
}
