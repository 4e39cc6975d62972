package io.entitydb.entity;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** What every part of the contract has at hand. */
public interface StoreSubject {

    /** The store under test; empty when a test begins. */
    EntityStore store();

    /** The repository under test. */
    default EntityRepository repository() {
        return store().repository();
    }

    /** The newest committed version, which must exist. */
    default Entity committed(EntityKey key) {
        return repository().latest(key).orElseThrow();
    }

    /** All committed versions, oldest first. */
    default List<Entity> versions(EntityKey key) {
        return repository().history(key, HistoryRange.oldest(HistoryRange.MAX_LIMIT));
    }

    /** A key of the dataset that most tests use. */
    static EntityKey key(String id) {
        return new EntityKey("default", id);
    }

    /** A draft with a text and these tags, each written {@code namespace:value}. */
    static EntityDraft draft(String text, String... tags) {
        return EntityDraft.of(
                Arrays.stream(tags).map(Tag::parse).collect(Collectors.toSet()),
                Content.of("text/plain", text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The content as text. */
    static String text(Entity entity) {
        return new String(entity.content().bytes(), StandardCharsets.UTF_8);
    }

    /** Does something on another thread, outside the transaction of this one, and waits for it. */
    static <T> T elsewhere(Callable<T> work) {
        try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            return thread.submit(work).get();
        } catch (ExecutionException e) {
            throw new AssertionError("failed on the other thread", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
