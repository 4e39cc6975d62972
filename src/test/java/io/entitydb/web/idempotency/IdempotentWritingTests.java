package io.entitydb.web.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.entitydb.entity.Content;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.HistoryRange;
import io.entitydb.storage.error.OutcomeUnknownException;
import io.entitydb.storage.io.CrashPlan;
import io.entitydb.storage.io.DiskCall;
import io.entitydb.storage.io.Fault;
import io.entitydb.storage.io.Fault.Effect;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.transaction.TransactionalStore;
import io.entitydb.web.http.TransactionHeader;
import io.entitydb.web.http.Writing;
import io.entitydb.web.http.Written;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class IdempotentWritingTests {

    private static final EntityKey ENTITY = new EntityKey("default", "x");
    private static final EntityDraft DRAFT = EntityDraft.of(Set.of(), Content.EMPTY);

    private final MovedClock clock = new MovedClock();
    private final AtomicInteger runs = new AtomicInteger();
    private final TransactionalStore model = TransactionalStore.inMemory();
    private final Service service = new Service(model);

    @AfterEach
    void close() {
        model.close();
    }

    /** A clock that is moved by hand. */
    private static final class MovedClock extends Clock {

        /** When the model's clock begins. */
        private Instant now = Instant.ofEpochSecond(1_735_689_600);

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** A service over a store, which works on one request. */
    private final class Service {

        private final TransactionalStore store;
        private final MockHttpServletRequest request = new MockHttpServletRequest("PUT", "/x");
        private final MockHttpServletResponse response = new MockHttpServletResponse();
        private final IdempotentWriting idempotent;
        private String principal = "tester";

        private Service(TransactionalStore store) {
            this.store = store;
            idempotent =
                    new IdempotentWriting(
                            new Writing(
                                    store.manager(),
                                    store.repository(),
                                    new TransactionHeader(response)),
                            new IdempotencyRecords(store.repository(), JsonMapper.shared(), clock),
                            () -> principal,
                            new IdempotentWriting.Exchange(request, response));
        }

        private IdempotentWriting.Outcome write(String key) {
            return write(key, this::save);
        }

        private IdempotentWriting.Outcome write(String key, Supplier<List<Written>> work) {
            request.removeHeader(IdempotentRequest.HEADER);
            request.addHeader(IdempotentRequest.HEADER, key);
            return idempotent.write(List.of(ENTITY), work);
        }

        private List<Written> save() {
            runs.incrementAndGet();
            return List.of(
                    new Written(ENTITY, store.repository().save(ENTITY, DRAFT), HttpStatus.OK));
        }

        private int versions() {
            return store.repository().history(ENTITY, HistoryRange.oldest(1000)).size();
        }

        private boolean exists(int bucket, int number) {
            String id = "idempotency/%04x/%d".formatted(bucket, number);
            return store.repository().latest(new EntityKey("system", id)).isPresent();
        }
    }

    private static ProblemType typeOf(Runnable refused) {
        try {
            refused.run();
            throw new AssertionError("not refused");
        } catch (ProblemException e) {
            return e.problem().type();
        }
    }

    @Test
    void requestIsMadeOnceAndToldAsReplayed() {
        IdempotentWriting.Outcome first = service.write("k");
        IdempotentWriting.Outcome again = service.write("k");

        assertThat(first.isReplayed()).isFalse();
        assertThat(again.isReplayed()).isTrue();
        assertThat(again.made()).isEqualTo(first.made());
        assertThat(runs).hasValue(1);
        assertThat(service.response.getHeader(IdempotentWriting.REPLAYED)).isEqualTo("true");
    }

    @Test
    void replayWritesNothing() {
        service.write("k");
        long before = model.repository().snapshot();

        service.write("k");

        assertThat(model.repository().snapshot()).isEqualTo(before);
    }

    @Test
    void recordIsPartOfTheTransaction() {
        long before = model.repository().snapshot();

        service.write("k");

        assertThat(model.repository().snapshot()).isEqualTo(before + 1);
    }

    @Test
    void keysOfPrincipalsAreTheirOwn() {
        service.write("k");
        service.principal = "another";

        assertThat(service.write("k").isReplayed()).isFalse();
        assertThat(runs).hasValue(2);
    }

    @Test
    void otherRequestsUnderTheKeyAreRefused() {
        service.write("k");
        service.request.setQueryString("a=b");

        assertThat(typeOf(() -> service.write("k"))).isEqualTo(ProblemType.IDEMPOTENCY_KEY_REUSED);
        assertThat(runs).hasValue(1);
    }

    @Test
    void recordCountsForADay() {
        service.write("k");
        clock.now = clock.now.plus(IdempotencyRecords.LIFETIME).minus(Duration.ofSeconds(1));
        assertThat(service.write("k").isReplayed()).isTrue();

        clock.now = clock.now.plusSeconds(2);
        service.request.setQueryString("a=b");

        assertThat(service.write("k").isReplayed()).isFalse();
        assertThat(runs).hasValue(2);
    }

    @Test
    void sameRequestIsRefusedWhileItIsWorkedOn() {
        service.write(
                "k",
                () -> {
                    assertThat(
                                    CompletableFuture.supplyAsync(
                                                    () -> typeOf(() -> service.write("k")))
                                            .join())
                            .isEqualTo(ProblemType.IDEMPOTENCY_IN_FLIGHT);
                    return service.save();
                });

        assertThat(service.write("k").isReplayed()).isTrue();
        assertThat(runs).hasValue(1);
    }

    @Test
    void failedRequestIsNotInFlightAndNotStored() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(
                        () ->
                                service.write(
                                        "k",
                                        () -> {
                                            throw new IllegalStateException("failed");
                                        }));

        assertThat(service.write("k").isReplayed()).isFalse();
        assertThat(runs).hasValue(1);
    }

    /** Keys whose digests begin with the same digits. */
    private List<String> keysOfOneBucket(int count) {
        String wanted = bucketOf("k0");
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "k" + i)
                .filter(key -> bucketOf(key).equals(wanted))
                .limit(count)
                .toList();
    }

    private String bucketOf(String key) {
        return IdempotentRequest.of(service.request, key, service.principal)
                .key()
                .toString()
                .substring(0, 4);
    }

    @Test
    void keysOfOneBucketHavePlacesOfTheirOwn() {
        List<String> keys = keysOfOneBucket(3);
        keys.forEach(key -> assertThat(service.write(key).isReplayed()).isFalse());

        keys.forEach(key -> assertThat(service.write(key).isReplayed()).isTrue());

        assertThat(runs).hasValue(3);
    }

    @Test
    void placesOfExpiredRecordsAreTakenAgain() {
        List<String> keys = keysOfOneBucket(5);
        int bucket = Integer.parseInt(bucketOf("k0"), 16);
        service.write(keys.get(0));
        service.write(keys.get(1));
        clock.now = clock.now.plus(IdempotencyRecords.LIFETIME).plusSeconds(1);

        service.write(keys.get(2));
        service.write(keys.get(3));

        assertThat(service.exists(bucket, 0)).isTrue();
        assertThat(service.exists(bucket, 1)).isTrue();
        assertThat(service.exists(bucket, 2)).isFalse();
    }

    @Test
    void recordBehindAnExpiredOneIsFound() {
        List<String> keys = keysOfOneBucket(2);
        service.write(keys.get(0));
        clock.now = clock.now.minus(Duration.ofHours(1));
        service.write(keys.get(1));
        int bucket = Integer.parseInt(bucketOf("k0"), 16);
        model.repository().delete(new EntityKey("system", "idempotency/%04x/0".formatted(bucket)));

        assertThat(service.write(keys.get(1)).isReplayed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "caf\u00e9", "\u007f", "a\tb"})
    void keysThatHaveNotTheShapeAreRefused(String key) {
        assertThat(typeOf(() -> service.write(key))).isEqualTo(ProblemType.MALFORMED_REQUEST);
        assertThat(runs).hasValue(0);
    }

    @Test
    void recordSurvivesARestart() {
        SimulatedDisk disk = new SimulatedDisk(7);
        TransactionalStore store = TransactionalStore.over(TransactionalStore.smallEngine(disk));
        clock.now = Instant.ofEpochSecond(0, disk.now());
        new Service(store).write("k");
        store.restart();

        assertThat(new Service(store).write("k").isReplayed()).isTrue();
        store.close();
    }

    /** A force that failed leaves open whether the request was made; sending it again does not. */
    @Test
    void requestOfUnknownOutcomeIsMadeOnceAfterAll() {
        List<Boolean> replayed =
                Stream.of(Effect.IO_ERROR, Effect.PAGES_DROPPED, Effect.PAGES_PARTLY_DROPPED)
                        .flatMap(this::sendAgainAfter)
                        .toList();

        assertThat(replayed).contains(true, false);
    }

    private Stream<Boolean> sendAgainAfter(Effect effect) {
        SimulatedDisk disk = new SimulatedDisk(7);
        clock.now = Instant.ofEpochSecond(0, disk.now());
        try (TransactionalStore store =
                TransactionalStore.over(TransactionalStore.smallEngine(disk))) {
            store.repository().save(new EntityKey("default", "before"), DRAFT);
            disk.control().inject(Fault.of(DiskCall.FORCE, effect));
            assertThatExceptionOfType(OutcomeUnknownException.class)
                    .isThrownBy(() -> new Service(store).write("k"));
            List<SimulatedDisk> states = disk.crashStates(new CrashPlan(1, 50)).toList();
            return states.stream().map(this::sendAgain);
        }
    }

    private boolean sendAgain(SimulatedDisk state) {
        try (TransactionalStore store =
                TransactionalStore.over(TransactionalStore.smallEngine(state))) {
            Service again = new Service(store);
            boolean isReplayed = again.write("k").isReplayed();
            assertThat(again.versions()).isEqualTo(1);
            assertThat(again.write("k").isReplayed()).isTrue();
            assertThat(again.versions()).isEqualTo(1);
            return isReplayed;
        }
    }
}
