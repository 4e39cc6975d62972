package io.entitydb.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.Tag;
import io.entitydb.query.EntitySearch;
import io.entitydb.transaction.TransactionalStore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Refusals are kept as far as there is room, and none is forgotten: the rest is told as a number.
 */
class AuditQueueTests {

    private static final int PER_MINUTE = 20;

    private final TransactionalStore store = TransactionalStore.inMemory();
    private final TestTicker ticker = new TestTicker();
    private final ConcurrentLinkedQueue<EntityKey> created = new ConcurrentLinkedQueue<>();
    private final EntitySearch search =
            (query, page) -> {
                throw new AssertionError("nothing is searched");
            };
    private final AuditTrail trail =
            new AuditTrail(
                    recording(store.repository()), search, new Access(), JsonMapper.shared());
    private final AuditQueue queue =
            new AuditQueue(
                    trail, store.manager(), new LimitProperties(1, 1, 1, 1, 1, PER_MINUTE), ticker);

    /** A repository that tells which entities it is asked to make. */
    private EntityRepository recording(EntityRepository repository) {
        return (EntityRepository)
                Proxy.newProxyInstance(
                        EntityRepository.class.getClassLoader(),
                        new Class<?>[] {EntityRepository.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("create")) {
                                created.add((EntityKey) arguments[0]);
                            }
                            try {
                                return method.invoke(repository, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static AuditEvent refusal(String principal) {
        return new AuditEvent(
                AuditAction.REFUSAL,
                AuditEvent.Result.REFUSED,
                principal,
                "192.0.2.1",
                "GET /api/v1/users",
                null,
                null);
    }

    private List<Entity> kept() {
        return created.stream()
                .flatMap(key -> store.repository().find(key).stream())
                .filter(entity -> entity.tags().containsKey(Tag.parse("type:audit")))
                .toList();
    }

    private List<AuditEvent> events() {
        return kept().stream()
                .map(entity -> SystemRecords.read(JsonMapper.shared(), entity, AuditEvent.class))
                .toList();
    }

    private long told() {
        return events().stream()
                .filter(event -> event.action() == AuditAction.OMISSION)
                .map(event -> String.valueOf(event.detail()))
                .mapToLong(detail -> Long.parseLong(detail.substring(0, detail.indexOf(' '))))
                .sum();
    }

    @Test
    void whatFitsIsKeptOneByOneAndTheRestIsTold() {
        for (int i = 0; i < 100; i++) {
            queue.refused(refusal("ada"));
        }

        queue.flush();

        assertThat(events()).filteredOn(event -> event.action() == AuditAction.REFUSAL).hasSize(20);
        assertThat(told()).isEqualTo(80);
        assertThat(queue.omitted()).isEqualTo(80);
        queue.flush();
        assertThat(events()).hasSize(21);
    }

    @Test
    void thereIsRoomAgainLater() {
        for (int i = 0; i < 100; i++) {
            queue.refused(refusal("ada"));
        }
        queue.flush();

        ticker.pass(Duration.ofMinutes(1));
        for (int i = 0; i < 10; i++) {
            queue.refused(refusal("bob"));
        }
        queue.flush();

        assertThat(events()).filteredOn(event -> event.principal().equals("bob")).hasSize(10);
        assertThat(told()).isEqualTo(80);
    }

    @Test
    void workIsKeptEvenBehindManyRefusals() {
        for (int i = 0; i < 10_000; i++) {
            queue.refused(refusal("ada"));
        }

        queue.later(
                new AuditEvent(
                        AuditAction.MAINTENANCE,
                        AuditEvent.Result.DONE,
                        "admin",
                        null,
                        null,
                        "compaction",
                        null));
        queue.flush();

        assertThat(events()).anyMatch(event -> event.action() == AuditAction.MAINTENANCE);
    }

    @Test
    void storeThatTakesNothingLosesNoCount() {
        for (int i = 0; i < 5; i++) {
            queue.refused(refusal("ada"));
        }
        store.close();

        queue.flush();

        assertThat(queue.kept()).isZero();
        assertThat(queue.omitted()).isEqualTo(5);
    }

    /**
     * What four clients do at once while somebody writes all the time; gives how often they did.
     */
    private static long flood(Runnable refuse, Runnable flush) throws Exception {
        int clients = 4;
        int each = 50_000;
        AtomicBoolean isFlooding = new AtomicBoolean(true);
        try (ExecutorService threads = Executors.newFixedThreadPool(clients + 1)) {
            Future<?> writer =
                    threads.submit(
                            () -> {
                                while (isFlooding.get()) {
                                    flush.run();
                                }
                            });
            List<Future<?>> all = new ArrayList<>();
            for (int c = 0; c < clients; c++) {
                all.add(
                        threads.submit(
                                () -> {
                                    for (int i = 0; i < each; i++) {
                                        refuse.run();
                                    }
                                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
            isFlooding.set(false);
            writer.get();
        }
        flush.run();
        return (long) clients * each;
    }

    @Test
    void floodIsCountedToTheLastOneWhileItIsWritten() throws Exception {
        long all = flood(() -> queue.refused(refusal("ada")), queue::flush);

        long single = events().stream().filter(e -> e.action() == AuditAction.REFUSAL).count();
        assertThat(single).isLessThanOrEqualTo(PER_MINUTE);
        assertThat(single + told()).isEqualTo(all);
        assertThat(queue.kept() + queue.omitted()).isEqualTo(all);
    }

    /** The broken twin: who sets the count back to zero forgets what came while it wrote. */
    @Test
    void settingTheCountBackIsNoticed() throws Exception {
        AtomicLong untold = new AtomicLong();
        AtomicLong told = new AtomicLong();

        AtomicLong meanwhile = new AtomicLong();

        long all =
                flood(
                        untold::incrementAndGet,
                        () -> {
                            told.addAndGet(untold.get());
                            meanwhile.incrementAndGet();
                            untold.incrementAndGet();
                            untold.set(0);
                        });

        assertThat(told.get()).isLessThan(all + meanwhile.get());
    }
}
