package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.storage.error.StorageClosedException;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

class TaskQueueTests {

    private final TaskQueue queue = new TaskQueue(2);
    private final PlatformCrew crew = new PlatformCrew();

    @Test
    void tasksAreTakenOnceAndInOrder() throws InterruptedException {
        WriterTask first = commit();
        WriterTask second = errand();
        queue.add(first);
        queue.add(second);

        assertThat(take()).containsExactly(first, second);
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.commits()).isZero();
        assertThat(queue.poll(crew, Duration.ZERO)).isNull();
    }

    @Test
    void transactionsBeyondTheCapacityAreRefusedErrandsAreNot() throws InterruptedException {
        assertThat(queue.add(commit())).isTrue();
        assertThat(queue.add(commit())).isTrue();
        assertThat(queue.add(commit())).isFalse();
        assertThat(queue.add(errand())).isTrue();
        assertThat(queue.commits()).isEqualTo(2);

        assertThat(take()).hasSize(3);

        assertThat(queue.add(commit())).isTrue();
    }

    @Test
    void aQueueThatHasEndedTakesNothing() {
        WriterTask waiting = commit();
        queue.add(waiting);
        List<WriterTask> last = new ArrayList<>();

        queue.end(last);

        assertThat(last).containsExactly(waiting);
        assertThatThrownBy(() -> queue.add(errand())).isInstanceOf(StorageClosedException.class);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void oldestIsTheFirstThatWaits() {
        assertThat(queue.oldestNanos()).isZero();
        WriterTask first = commit();
        queue.add(first);
        queue.add(errand());

        assertThat(queue.oldestNanos()).isEqualTo(first.enqueuedNanos());
    }

    @Test
    void wakingGivesTheTakerSomethingToDo() throws InterruptedException {
        queue.wake();

        WriterTask woken = queue.poll(crew, Duration.ZERO);

        assertThat(woken).isInstanceOf(Errand.class);
        ((Errand<?>) Objects.requireNonNull(woken)).run();
        assertThat(Objects.requireNonNull(woken).outcome()).isCompleted();
    }

    private List<WriterTask> take() throws InterruptedException {
        List<WriterTask> taken = new ArrayList<>();
        queue.drain(Objects.requireNonNull(queue.poll(crew, Duration.ZERO)), taken);
        return taken;
    }

    private static WriterTask commit() {
        return new CommitRequest(List.of(), List.of(), 0);
    }

    private static WriterTask errand() {
        return new Errand<>(() -> 1);
    }
}
