package io.entitydb.storage.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.entitydb.storage.RecoveryReport;
import io.entitydb.storage.StoreState;
import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.error.StorageLockedException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.support.GenericApplicationContext;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

@Timeout(30)
class StoreLifecycleTests {

    private static final String DIRECTORY = "/srv/store";

    private final StandInEngine engine = new StandInEngine(StatusFixture.ready().build());
    private final StoreLifecycle lifecycle = new StoreLifecycle(engine, DIRECTORY);
    private final LogLines log = new LogLines(StoreLifecycle.class);

    @AfterEach
    void endLog() {
        log.close();
    }

    @Test
    void startReturnsWhileTheStoreIsBeingOpenedOnAPlatformThread() {
        CountDownLatch release = new CountDownLatch(1);
        engine.whenOpened(
                () -> {
                    engine.events().add("virtual=" + Thread.currentThread().isVirtual());
                    awaitLatch(release);
                });

        lifecycle.start();

        assertThat(lifecycle.isRunning()).isTrue();
        await().untilAsserted(
                        () ->
                                assertThat(engine.events())
                                        .containsExactly("opening", "virtual=false"));
        release.countDown();
        lifecycle.stop();
        assertThat(engine.events())
                .containsExactly("opening", "virtual=false", "opened", "closing", "closed");
        assertThat(lifecycle.isRunning()).isFalse();
    }

    @Test
    void startingTwiceOpensOnce() {
        lifecycle.start();
        lifecycle.start();
        lifecycle.stop();
        lifecycle.stop();

        assertThat(engine.events()).containsExactly("opening", "opened", "closing", "closed");
    }

    @Test
    void stoppedStoreCanBeStartedAgain() {
        lifecycle.start();
        lifecycle.stop();
        lifecycle.start();
        lifecycle.stop();

        assertThat(engine.events()).filteredOn("opened"::equals).hasSize(2);
    }

    @Test
    void contextWaitsUntilTheStoreIsClosed() {
        CountDownLatch closing = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        engine.whenClosed(
                () -> {
                    closing.countDown();
                    awaitLatch(release);
                });
        var context = contextOf(lifecycle);

        Thread stopper = Thread.ofPlatform().start(context::close);
        awaitLatch(closing);

        assertThat(stopper.isAlive()).isTrue();
        assertThat(engine.events()).doesNotContain("closed");
        release.countDown();
        await().until(() -> !stopper.isAlive());
        assertThat(engine.events()).endsWith("closed");
    }

    @Test
    void storeOpensBeforeAndClosesAfterAllOthers() {
        var context =
                contextOf(
                        new Recorder("web", WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE),
                        new Recorder("search", 0),
                        lifecycle);
        await().until(() -> engine.events().contains("opened"));

        context.close();

        assertThat(engine.events())
                .containsSubsequence("start search", "start web", "stop web", "stop search")
                .endsWith("stop search", "closing", "closed");
        assertThat(lifecycle.getPhase())
                .isLessThan(0)
                .isLessThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE);
    }

    @Test
    void recoveryIsReportedInOneLine() {
        lifecycle.start();
        lifecycle.stop();

        assertThat(log.of("INFO"))
                .filteredOn(line -> line.startsWith("store opened"))
                .singleElement()
                .asString()
                .contains(
                        "outcome=RECOVERED",
                        "replayedTransactions=31",
                        "replayedBytes=8192",
                        "discardedBytes=64",
                        "entities=17",
                        "millis=12");
    }

    @Test
    void storeThatDoesNotOpenIsReportedOnceWithWhatToDo() {
        engine.whenOpened(
                () -> {
                    throw new StorageLockedException(DIRECTORY, "process 4711");
                });

        lifecycle.start();
        lifecycle.stop();

        assertThat(log.of("ERROR"))
                .singleElement()
                .asString()
                .contains("store not opened", "in use by process 4711", "Stop the other process")
                .contains("code=storage-locked");
    }

    @Test
    void errorThatNobodyExpectedIsReportedWithItsCause() {
        engine.whenOpened(
                () -> {
                    throw new IllegalStateException("a rule was broken");
                });

        lifecycle.start();
        lifecycle.stop();

        assertThat(log.of("ERROR")).containsExactly("store not opened: unexpected error");
        assertThat(log.causes()).containsExactly("a rule was broken");
    }

    @Test
    void damagedStoreIsReportedWithWhatToDo() {
        engine.tell(
                StatusFixture.ready()
                        .state(
                                new StoreState.ReadOnly(
                                        StoreState.Reason.CORRUPTION, "frame at 4096"))
                        .recovered(
                                StatusFixture.recovery(new RecoveryReport.Damage(4096, 3, "crc")))
                        .build());

        lifecycle.start();
        lifecycle.stop();

        assertThat(log.of("WARN"))
                .singleElement()
                .asString()
                .contains("read-only", "frame at 4096", "restore a backup");
    }

    @Test
    void storeThatDoesNotCloseIsReportedAndTheContextGoesOn() {
        engine.whenClosed(
                () -> {
                    throw new StorageIoException("force entities.edb", new IOException("EIO"));
                });
        var context = contextOf(lifecycle);

        context.close();

        assertThat(log.of("ERROR"))
                .singleElement()
                .asString()
                .contains("closed with an error", "code=storage-io");
        assertThat(log.causes()).containsExactly("force entities.edb failed: EIO");
        assertThat(lifecycle.isRunning()).isFalse();
    }

    private static GenericApplicationContext contextOf(SmartLifecycle... lifecycles) {
        var context = new GenericApplicationContext();
        for (int i = 0; i < lifecycles.length; i++) {
            context.getBeanFactory().registerSingleton("lifecycle" + i, lifecycles[i]);
        }
        context.refresh();
        return context;
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Notes when it is started and stopped. */
    private final class Recorder implements SmartLifecycle {

        private final String name;
        private final int phase;
        private volatile boolean isRunning;

        private Recorder(String name, int phase) {
            this.name = name;
            this.phase = phase;
        }

        @Override
        public void start() {
            engine.events().add("start " + name);
            isRunning = true;
        }

        @Override
        public void stop() {
            engine.events().add("stop " + name);
            isRunning = false;
        }

        @Override
        public boolean isRunning() {
            return isRunning;
        }

        @Override
        public int getPhase() {
            return phase;
        }
    }
}
