package io.entitydb.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Records of one kind, read from the store each time and parsed once a version: who asks sees every
 * change that was acknowledged before.
 */
final class Versioned<T> {

    private static final int REMEMBERED = 10_000;

    private final EntityRepository repository;
    private final Function<Entity, T> parse;
    private final Cache<EntityKey, Parsed<T>> parsed =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    Versioned(EntityRepository repository, Function<Entity, T> parse) {
        this.repository = repository;
        this.parse = parse;
    }

    /** The record under a key; empty if there is none. */
    Optional<T> find(EntityKey key) {
        return repository.find(key).map(this::of);
    }

    /**
     * Removes a record if it is such a one, within the transaction that surrounds the call.
     *
     * @return whether it was removed
     */
    boolean removeIf(EntityKey key, Predicate<T> condition) {
        boolean isOne = find(key).filter(condition).isPresent();
        if (isOne) {
            repository.delete(key);
        }
        return isOne;
    }

    /** The record that an entity is. */
    T of(Entity entity) {
        if (entity.version().isPending()) {
            return parse.apply(entity);
        }
        Parsed<T> known = parsed.getIfPresent(entity.key());
        if (known != null && known.transaction() == entity.version().transaction()) {
            return known.value();
        }
        T value = parse.apply(entity);
        parsed.put(entity.key(), new Parsed<>(entity.version().transaction(), value));
        return value;
    }

    private record Parsed<T>(long transaction, T value) {}
}
