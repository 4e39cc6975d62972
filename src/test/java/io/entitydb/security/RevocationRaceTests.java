package io.entitydb.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.query.EntitySearch;
import io.entitydb.transaction.TransactionalStore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/** Somebody is shut out at the worst moment of a login or a refresh: nothing of it stays good. */
class RevocationRaceTests {

    private static final EntitySearch NO_SEARCH =
            (query, page) -> {
                throw new AssertionError("nothing is searched");
            };

    private final TransactionalStore store = TransactionalStore.inMemory();
    private final EntityRepository repository = store.repository();
    private final TransactionTemplate transactions = new TransactionTemplate(store.manager());
    private final Accounts accounts = new Accounts(repository, NO_SEARCH, JsonMapper.shared());
    private final Sessions sessions =
            new Sessions(
                    repository,
                    JsonMapper.shared(),
                    Clock.systemUTC(),
                    new SecurityProperties(
                            true,
                            null,
                            null,
                            Duration.ofMinutes(10),
                            Duration.ofDays(14),
                            Set.of("health"),
                            new SecurityProperties.Oidc(
                                    null, null, "sub", "entitydb", Duration.ofSeconds(30))));

    @BeforeEach
    void make() {
        transactions.executeWithoutResult(
                status -> accounts.create("ada", Accounts.SYSTEM_UUID, null, "hash", Set.of()));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void elsewhere(Runnable work) {
        TransactionTemplate own = new TransactionTemplate(store.manager());
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        own.executeWithoutResult(status -> work.run());
    }

    private Sessions.Issued begin() {
        return Objects.requireNonNull(
                transactions.execute(status -> sessions.begin(accounts.require("ada"))));
    }

    private Sessions.Refresh refresh(Sessions.Issued issued) {
        return Objects.requireNonNull(
                transactions.execute(status -> sessions.refresh(issued.token())));
    }

    private boolean isThere(Sessions.Issued issued) {
        return repository.find(Sessions.keyOf(issued.session())).isPresent();
    }

    @Test
    void logoutInTheMiddleOfARefreshWins() {
        Sessions.Issued issued = begin();

        assertThatExceptionOfType(VersionConflictException.class)
                .isThrownBy(
                        () ->
                                transactions.executeWithoutResult(
                                        status -> {
                                            sessions.refresh(issued.token());
                                            elsewhere(() -> sessions.end(issued.session()));
                                        }));

        assertThat(isThere(issued)).isFalse();
        assertThat(refresh(issued)).isInstanceOf(Sessions.Refresh.Unknown.class);
    }

    /**
     * The broken twin: who looks first and writes in a transaction of its own revives a session.
     */
    @Test
    void lookingBeforeTheTransactionIsNoticed() {
        Sessions.Issued issued = begin();

        boolean isGood = isThere(issued);
        elsewhere(() -> sessions.end(issued.session()));
        if (isGood) {
            transactions.executeWithoutResult(
                    status ->
                            repository.save(
                                    Sessions.keyOf(issued.session()),
                                    SystemRecords.secret(JsonMapper.shared(), "any")));
        }

        assertThat(isThere(issued)).isTrue();
    }

    @Test
    void oneOfTwoRefreshesAtOnceIsRefused() {
        Sessions.Issued issued = begin();

        assertThatExceptionOfType(VersionConflictException.class)
                .isThrownBy(
                        () ->
                                transactions.executeWithoutResult(
                                        status -> {
                                            sessions.refresh(issued.token());
                                            elsewhere(() -> sessions.refresh(issued.token()));
                                        }));

        assertThat(refresh(issued)).isInstanceOf(Sessions.Refresh.Reused.class);
        assertThat(isThere(issued)).isFalse();
    }

    @Test
    void sessionOfALoginThatMetAnotherPasswordIsDead() {
        Sessions.Issued issued =
                transactions.execute(
                        status -> {
                            Account compared = accounts.require("ada");
                            elsewhere(
                                    () ->
                                            accounts.changePassword(
                                                    accounts.require("ada"), "another hash"));
                            return sessions.begin(compared);
                        });

        assertThat(issued).isNotNull();
        // The broken twin: who only asks whether the session is there lets it in.
        assertThat(isThere(issued)).isTrue();
        assertThat(sessions.isLiving(issued.session(), accounts.require("ada"))).isFalse();
    }

    @Test
    void sessionOfALoginThatMetTheRemovalOfItsUserIsOfNobody() {
        transactions.executeWithoutResult(
                status -> {
                    Account compared = accounts.require("ada");
                    elsewhere(() -> accounts.delete(accounts.require("ada")));
                    sessions.begin(compared);
                });

        assertThat(accounts.find("ada")).isEmpty();
    }
}
