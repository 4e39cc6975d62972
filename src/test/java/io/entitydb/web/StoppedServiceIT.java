package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * SIGTERM while clients write loses nothing that was answered, and ends within the grace period.
 */
@Timeout(300)
class StoppedServiceIT {

    private static final int CLIENTS = 8;
    private static final int ANSWERS_BEFORE_THE_STOP = 200;

    /** What the chart gives is four times as long. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    /** 128 and the number of SIGTERM. */
    private static final int STOPPED = 143;

    @TempDir private Path directory;

    private final Set<String> made = ConcurrentHashMap.newKeySet();

    @Test
    void whatWasAnsweredIsThereAfterTheStop() throws Exception {
        CountDownLatch enough = new CountDownLatch(ANSWERS_BEFORE_THE_STOP);
        try (ServiceProcess service = new ServiceProcess(directory);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int client = 0; client < CLIENTS; client++) {
                String name = "client-" + client;
                threads.execute(() -> work(service.api(), name, enough));
            }
            enough.await();
            long begin = System.nanoTime();
            Process process = service.stop();

            assertThat(process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            System.out.printf(
                    "stopped in %d ms under load, %d answers%n",
                    Duration.ofNanos(System.nanoTime() - begin).toMillis(), made.size());
            assertThat(process.exitValue()).isEqualTo(STOPPED);
        }

        try (ServiceProcess again = new ServiceProcess(directory)) {
            assertThat(ServiceProcess.idsOf(again.api())).containsAll(made);
            assertThat(again.api().get("/actuator/store").expect(200).body())
                    .containsIgnoringCase("\"outcome\":\"clean\"");
        }
    }

    /** Makes entities one after the other until the service takes no more. */
    private void work(Api api, String name, CountDownLatch enough) {
        for (int i = 0; ; i++) {
            String id = name + "-" + i;
            try {
                if (api.put(Api.entity("default", id), "{}").status() != 201) {
                    return;
                }
            } catch (UncheckedIOException e) {
                return;
            }
            made.add(id);
            enough.countDown();
        }
    }
}
