package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;

/** What processes acknowledged and is not there, or not the same, is noticed. */
class KillOracleTests {

    private static final EntityKey KEY = new EntityKey("w0", "e0");

    private final List<KillAck> acknowledged = new ArrayList<>();

    @TempDir private Path directory;
    private KillOracle oracle;

    @BeforeEach
    void writeTwice() {
        oracle = new KillOracle(directory, 0);
        try (StorageEngine engine = KillChild.engine(directory)) {
            engine.open();
            for (long number = 1; number <= 2; number++) {
                Transaction transaction = engine.begin("writer-0");
                transaction.save(KEY, EntityDraft.of(Set.of(), KillContent.of(KEY, number)));
                long sequence = transaction.commit();
                acknowledged.add(KillAck.of(sequence, engine.snapshot().latest(KEY).orElseThrow()));
            }
        }
    }

    private void acknowledge(KillAck ack) {
        oracle.note(ack.toString(), false);
    }

    @Test
    void allThatIsThereIsFound() throws InterruptedException {
        acknowledged.forEach(this::acknowledge);

        assertThat(oracle.verify()).isEqualTo(RecoveryReport.Outcome.CLEAN);
        assertThat(oracle.acknowledged()).isEqualTo(2);
    }

    @Test
    void lastOfAWriterMayLackItsAcknowledgement() throws InterruptedException {
        acknowledge(acknowledged.getFirst());

        assertThat(oracle.verify()).isEqualTo(RecoveryReport.Outcome.CLEAN);
    }

    @Test
    void earlierOneOfAWriterMayNot() {
        acknowledge(acknowledged.getLast());

        assertThatThrownBy(oracle::verify).isInstanceOf(AssertionError.class);
    }

    @Test
    void missingVersionIsNoticed() {
        acknowledged.forEach(this::acknowledge);
        acknowledge(new KillAck(2, KEY, 3, acknowledged.getLast().digest()));

        assertThatThrownBy(oracle::verify).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void otherContentIsNoticed() {
        acknowledged.forEach(this::acknowledge);
        acknowledge(new KillAck(2, KEY, 2, "0".repeat(64)));

        assertThatThrownBy(oracle::verify).isInstanceOf(AssertionError.class);
    }

    @Test
    void lineThatSaysNothingIsNoticedUnlessItWasCutShort() {
        assertThatThrownBy(() -> oracle.note("something else", true))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> oracle.note("ACK 1 w0/e", false))
                .isInstanceOf(AssertionError.class);

        oracle.note("ACK 1 w0/e", true);
        assertThat(oracle.acknowledged()).isZero();
    }
}
