package io.entitydb.web.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.entity.AccessDeniedException;
import io.entitydb.entity.EntityDbException;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.InvalidEntityException;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.entity.NotFoundException;
import io.entitydb.entity.PreconditionFailedException;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.query.SearchUnavailableException;
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

import jakarta.servlet.http.HttpServletResponse;

import lombok.RequiredArgsConstructor;

import org.apache.tomcat.util.http.InvalidParameterException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class ProblemDetailsAdviceTests {

    private static final String SECRET = "/var/lib/secret/entities.edb";
    private static final EntityKey KEY = new EntityKey("default", "x");

    /**
     * An error and its answer.
     *
     * @param retryAfter seconds; 0 for none
     */
    record Case(Exception error, int status, String code, int retryAfter) {}

    @RestController
    @RequiredArgsConstructor
    static final class Failing {

        private final Exception error;

        @GetMapping("/fail")
        String fail() throws Exception {
            throw error;
        }
    }

    private static MockHttpServletResponse answer(Exception error) throws Exception {
        MockMvc mvc =
                MockMvcBuilders.standaloneSetup(new Failing(error))
                        .setControllerAdvice(new ProblemDetailsAdvice())
                        .build();
        return mvc.perform(MockMvcRequestBuilders.get("/fail").accept("text/html"))
                .andReturn()
                .getResponse();
    }

    @RestController
    static final class Sending {

        @GetMapping("/send")
        void send(HttpServletResponse response) throws IOException {
            response.getOutputStream().write("half".getBytes(StandardCharsets.UTF_8));
            response.flushBuffer();
            throw NotFoundException.erased(KEY);
        }
    }

    @Test
    void nothingIsAddedToAnAnswerThatHasBegun() {
        MockMvc mvc =
                MockMvcBuilders.standaloneSetup(new Sending())
                        .setControllerAdvice(new ProblemDetailsAdvice())
                        .build();

        assertThatThrownBy(() -> mvc.perform(MockMvcRequestBuilders.get("/send")))
                .hasRootCauseInstanceOf(NotFoundException.class);
    }

    static Stream<Case> errors() {
        IOException io = new IOException(SECRET);
        return Stream.of(
                new Case(NotFoundException.missing(KEY), 404, "entity-not-found", 0),
                new Case(NotFoundException.deleted(KEY), 410, "entity-deleted", 0),
                new Case(NotFoundException.version(KEY, 9), 404, "version-not-found", 0),
                new Case(NotFoundException.dataset("d"), 404, "dataset-not-found", 0),
                new Case(new VersionConflictException(KEY, "r"), 409, "version-conflict", 0),
                new Case(new PreconditionFailedException(KEY, 1, 2), 412, "precondition-failed", 0),
                new Case(new AccessDeniedException("no"), 403, "access-denied", 0),
                new Case(new InvalidEntityException("/tags", "r"), 422, "invalid-entity", 0),
                new Case(new InvalidQueryException("limit", "r"), 422, "invalid-query", 0),
                new Case(new CorruptDataException(SECRET, 7, SECRET), 500, "corrupt-data", 0),
                new Case(
                        new CorruptDataException(SECRET, 7, new LostSequences(3, 5)),
                        500,
                        "corrupt-data",
                        0),
                new Case(
                        new DamagedEntityException(
                                KEY, new CorruptDataException(SECRET, 7, SECRET)),
                        409,
                        "entity-damaged",
                        0),
                new Case(
                        new BackupException(BackupException.Kind.BACKUP_TARGET_FULL, "full", io),
                        507,
                        "backup-target-full",
                        60),
                new Case(new OutcomeUnknownException(SECRET, io), 503, "outcome-unknown", 5),
                new Case(new RecoveryFailedException(SECRET, io), 503, "recovery-failed", 60),
                new Case(new StorageBusyException(5), 503, "storage-busy", 1),
                new Case(new StorageClosedException("opening"), 503, "storage-closed", 5),
                new Case(new StorageFullException(5, 3), 507, "storage-full", 60),
                new Case(new StorageIoException(SECRET, io), 503, "storage-io", 30),
                new Case(new StorageLockedException(SECRET, "pid 1"), 503, "storage-locked", 30),
                new Case(new UploadLostException("it was lost"), 503, "upload-lost", 1),
                new Case(new StorageReadOnlyException("no-space"), 503, "storage-read-only", 30),
                new Case(
                        new UnsupportedFormatException(SECRET, "9", "4"),
                        503,
                        "unsupported-format",
                        60),
                new Case(new SearchUnavailableException(SECRET, io), 503, "search-unavailable", 5),
                new Case(new TransactionTimedOutException(SECRET), 503, "timeout", 5),
                new Case(new AsyncRequestTimeoutException(), 503, "timeout", 5),
                new Case(
                        new InvalidParameterException("too many", 400),
                        400,
                        "malformed-request",
                        0),
                new Case(
                        new ProblemException(ProblemType.DATASET_EXISTS, "d"),
                        409,
                        "dataset-exists",
                        0),
                new Case(new IllegalStateException(SECRET), 500, "internal-error", 0),
                new Case(io, 500, "internal-error", 0));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void isAnsweredWithItsProblem(Case error) throws Exception {
        MockHttpServletResponse answer = answer(error.error());

        JsonNode problem = JsonMapper.shared().readTree(answer.getContentAsString());
        assertThat(answer.getStatus()).isEqualTo(error.status());
        assertThat(answer.getContentType()).isEqualTo("application/problem+json");
        assertThat(answer.getHeader("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.getHeader("Retry-After"))
                .isEqualTo(error.retryAfter() == 0 ? null : Integer.toString(error.retryAfter()));
        assertThat(problem.path("code").asString()).isEqualTo(error.code());
        assertThat(problem.path("status").asInt()).isEqualTo(error.status());
        assertThat(problem.path("instance").asString()).isEqualTo("/fail");
        assertThat(answer.getContentAsString()).doesNotContain("secret", "Exception");
    }

    @Test
    void everyErrorOfTheEngineIsTried() {
        Set<Class<?>> tried =
                errors().map(each -> each.error().getClass()).collect(Collectors.toSet());

        assertThat(tried)
                .containsAll(List.of(StorageException.class.getPermittedSubclasses()))
                .containsAll(List.of(EntityDbException.class.getPermittedSubclasses()));
    }

    @ParameterizedTest
    @EnumSource
    void everyKindOfBackupErrorHasItsOwnCode(BackupException.Kind kind) throws Exception {
        JsonNode problem =
                JsonMapper.shared()
                        .readTree(answer(new BackupException(kind, "why")).getContentAsString());

        assertThat(problem.path("code").asString())
                .isEqualTo(kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        assertThat(problem.path("detail").asString()).isEqualTo("why");
    }

    @Test
    void unknownOutcomeIsToldAsSuch() throws Exception {
        assertThat(answer(new OutcomeUnknownException("late")).getContentAsString())
                .contains("may or may not have been stored");
    }

    @Test
    void placesOfFaultsAreNamed() throws Exception {
        assertThat(answer(new InvalidEntityException("/tags/3", "rule")).getContentAsString())
                .contains("\"errors\":[{\"pointer\":\"/tags/3\",\"detail\":\"rule\"}]");
        assertThat(answer(new InvalidQueryException("limit", "rule")).getContentAsString())
                .contains("\"errors\":[{\"parameter\":\"limit\",\"detail\":\"rule\"}]");
    }

    @Test
    void codesAreUniqueAndKebabCase() {
        assertThat(Arrays.stream(ProblemType.values()).map(ProblemType::code))
                .doesNotHaveDuplicates()
                .allMatch(code -> code.matches("[a-z]+(-[a-z]+)*"));
    }

    @Test
    void onlyWhatPassesByItselfIsWorthRetrying() {
        assertThat(ProblemType.values())
                .filteredOn(type -> type.retryAfterSeconds() > 0)
                .filteredOn(
                        type ->
                                type != ProblemType.IDEMPOTENCY_IN_FLIGHT
                                        && type != ProblemType.BACKUP_RUNNING)
                .allMatch(type -> Set.of(429, 503, 507).contains(type.status().value()));
        assertThat(ProblemType.values())
                .filteredOn(type -> type.status().value() == 503)
                .allMatch(type -> type.retryAfterSeconds() > 0);
    }
}
