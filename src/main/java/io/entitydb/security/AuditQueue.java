package io.entitydb.security;

import com.github.benmanes.caffeine.cache.Ticker;

import io.entitydb.storage.error.StorageException;

import lombok.extern.slf4j.Slf4j;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Events of the audit trail that nobody waits for: refusals, and work that is begun even where
 * nothing can be written. They are kept in the background, one transaction a second, so that
 * neither requests are slowed down by them nor the store is filled: beyond some refusals a minute,
 * and beyond what fits into the queue, they are counted, and the trail tells how many there were.
 * Thread-safe.
 */
@Slf4j
@Component
public final class AuditQueue implements SmartLifecycle {

    /** Stopped behind the web server, before the store. */
    static final int PHASE = 1;

    private static final int CAPACITY = 1000;
    private static final Duration PACE = Duration.ofSeconds(1);
    private static final String ALL = "refusals";

    private final AuditTrail trail;
    private final TransactionTemplate transactions;
    private final Buckets buckets;
    private final BlockingQueue<AuditEvent> waiting = new ArrayBlockingQueue<>(CAPACITY);
    private final LongAdder kept = new LongAdder();
    private final LongAdder omitted = new LongAdder();

    /** What was left out and has not been told yet. */
    private final AtomicLong untold = new AtomicLong();

    private volatile @Nullable Thread writer;
    private CountDownLatch end = new CountDownLatch(1);

    /** By the clock of the system. */
    @Autowired
    AuditQueue(AuditTrail trail, PlatformTransactionManager manager, LimitProperties properties) {
        this(trail, manager, properties, Ticker.systemTicker());
    }

    AuditQueue(
            AuditTrail trail,
            PlatformTransactionManager manager,
            LimitProperties properties,
            Ticker ticker) {
        this.trail = trail;
        this.transactions = new TransactionTemplate(manager);
        int perMinute = properties.auditedRefusals();
        this.buckets = new Buckets(perMinute, perMinute, Duration.ofMinutes(1), ticker);
    }

    /** Something was refused: it is kept soon, or counted. Costs the caller next to nothing. */
    public void refused(AuditEvent event) {
        if (buckets.take(ALL) > 0) {
            omit(1);
        } else {
            later(event);
        }
    }

    /** Something is kept soon, or counted if too much is waiting. */
    public void later(AuditEvent event) {
        if (!waiting.offer(event)) {
            omit(1);
        }
    }

    private void omit(long events) {
        omitted.add(events);
        untold.addAndGet(events);
    }

    /** Keeps what waits, and how much was left out, in one transaction. */
    void flush() {
        List<AuditEvent> events = new ArrayList<>();
        waiting.drainTo(events);
        long leftOut = untold.getAndSet(0);
        if (events.isEmpty() && leftOut == 0) {
            return;
        }
        try {
            transactions.executeWithoutResult(status -> keep(events, leftOut));
        } catch (StorageException e) {
            log.atWarn()
                    .addKeyValue("code", e.code())
                    .addKeyValue("events", events.size())
                    .log("audit events could not be kept");
            untold.addAndGet(leftOut);
            omit(events.size());
            return;
        }
        kept.add(events.size());
    }

    private void keep(List<AuditEvent> events, long leftOut) {
        events.forEach(trail::keep);
        if (leftOut > 0) {
            trail.keep(
                    new AuditEvent(
                            AuditAction.OMISSION,
                            AuditEvent.Result.DONE,
                            Accounts.SYSTEM,
                            null,
                            null,
                            leftOut + " events are not kept one by one",
                            null));
        }
    }

    private void run(CountDownLatch ending) {
        try {
            do {
                flush();
            } while (!ending.await(PACE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void start() {
        CountDownLatch ending = new CountDownLatch(1);
        end = ending;
        writer = Thread.ofVirtual().name("entitydb-audit").start(() -> run(ending));
    }

    /** Keeps what still waits, as far as the store takes it. */
    @Override
    public synchronized void stop() {
        Thread running = writer;
        writer = null;
        if (running != null) {
            end.countDown();
            try {
                running.join(PACE.multipliedBy(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        flush();
    }

    @Override
    public boolean isRunning() {
        return writer != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    long kept() {
        return kept.sum();
    }

    long omitted() {
        return omitted.sum();
    }
}
