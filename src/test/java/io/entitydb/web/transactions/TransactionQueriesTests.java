package io.entitydb.web.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import io.entitydb.entity.ChangeLog;
import io.entitydb.entity.Commit;
import io.entitydb.entity.Digest;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.Erasure;
import io.entitydb.entity.Loss;
import io.entitydb.query.PageRequest;
import io.entitydb.security.Access;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.temporal.Timestamp;
import io.entitydb.web.http.TransactionHeader;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

import tools.jackson.databind.json.JsonMapper;

import java.util.List;

class TransactionQueriesTests {

    private static final PageRequest PAGE = new PageRequest(50, null, false);
    private static final Commit COMMIT =
            new Commit(7, new Timestamp(1), Digest.sha256(new byte[1]), List.of(), 2);

    private final ChangeLog log = mock();
    private final ChangeLog.History history = mock();
    private final ChangeLog.Reading reading = mock();
    private final EntityRepository repository = mock();
    private final TransactionQueries queries =
            new TransactionQueries(
                    log,
                    repository,
                    new TransactionNotes(repository, JsonMapper.shared()),
                    new TransactionHeader(new MockHttpServletResponse()),
                    new Access());

    @BeforeEach
    void openHistory() {
        given(log.history()).willReturn(history);
        given(history.readAfter(6)).willReturn(reading);
        given(repository.snapshot()).willReturn(9L);
    }

    private static ProblemType typeOf(ProblemException refused) {
        return refused.problem().type();
    }

    @Test
    void erasuresBeforeItArePassedOver() {
        Erasure erasure =
                new Erasure(6, new EntityKey("default", "x"), 1, new Timestamp(1), "anybody");
        given(reading.next()).willReturn(erasure, COMMIT);

        TransactionDocument found = queries.find(7, PAGE);

        assertThat(found.transaction()).isEqualTo(7);
    }

    @Test
    void versionsThatAreNotThereAnyMoreAreCounted() {
        given(reading.next()).willReturn(COMMIT);

        TransactionDocument found = queries.find(7, PAGE);

        assertThat(found.removed()).isEqualTo(2);
        assertThat(found.principal()).isNull();
        assertThat(found.changes()).isEmpty();
    }

    @Test
    void lostTransactionIsGone() {
        given(reading.next()).willReturn(new Loss(5, 8, Digest.ZERO));

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> queries.find(7, PAGE))
                .withMessageContaining("5 to 8")
                .asInstanceOf(type(ProblemException.class))
                .extracting(TransactionQueriesTests::typeOf)
                .isEqualTo(ProblemType.TRANSACTION_LOST);
    }

    @Test
    void transactionThatIsNotDurableYetIsWaitedFor() throws Exception {
        given(reading.next()).willReturn(null, COMMIT);
        given(log.awaitAfter(anyLong(), any())).willReturn(true);

        assertThat(queries.find(7, PAGE).transaction()).isEqualTo(7);
    }

    @Test
    void waitingIsBounded() throws Exception {
        given(reading.next()).willReturn(null);
        given(log.awaitAfter(anyLong(), any())).willReturn(false);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> queries.find(7, PAGE))
                .extracting(TransactionQueriesTests::typeOf)
                .isEqualTo(ProblemType.TIMEOUT);
    }

    @Test
    void damageIsNotMissing() {
        given(history.at(12)).willThrow(new CorruptDataException("entities.edb", 8192, "a gap"));

        assertThatExceptionOfType(CorruptDataException.class)
                .isThrownBy(() -> queries.find(12, PAGE));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> queries.find(10, PAGE))
                .extracting(TransactionQueriesTests::typeOf)
                .isEqualTo(ProblemType.TRANSACTION_NOT_FOUND);
    }
}
