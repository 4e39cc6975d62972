package io.entitydb.entity;

import static io.entitydb.entity.StoreSubject.draft;
import static io.entitydb.entity.StoreSubject.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.temporal.AsOf;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was committed is there when the store is closed and opened again. */
public interface RestartContract extends StoreSubject {

    @Test
    default void everyVersionIsThereAfterARestart() {
        Map<EntityKey, List<Entity>> before = new LinkedHashMap<>();
        for (int i = 0; i < 40; i++) {
            EntityKey key = key("entity " + i % 10);
            repository().save(key, draft("text " + i, "k:" + i % 3, "type:note"));
            if (i % 7 == 0) {
                repository().delete(key);
            }
        }
        for (int i = 0; i < 10; i++) {
            before.put(key("entity " + i), versions(key("entity " + i)));
        }
        long snapshot = repository().snapshot();

        store().restart();

        assertThat(repository().snapshot()).isEqualTo(snapshot);
        before.forEach((key, versions) -> assertThat(versions(key)).isEqualTo(versions));
        before.forEach(
                (key, versions) ->
                        assertThat(versions(key))
                                .extracting(StoreSubject::text)
                                .isEqualTo(versions.stream().map(StoreSubject::text).toList()));
    }

    @Test
    default void thePastIsReadAfterARestart() {
        repository().create(key("a"), draft("one", "type:note"));
        Entity one = committed(key("a"));
        repository().save(key("a"), draft("two"));
        repository().delete(key("a"));

        store().restart();

        assertThat(repository().find(key("a"), new AsOf.AtInstant(one.version().at())))
                .contains(one);
        assertThat(repository().find(key("a"), new AsOf.AtTransaction(one.version().transaction())))
                .contains(one);
        assertThat(repository().find(key("a"), new AsOf.AtVersion(1))).contains(one);
    }

    @Test
    default void lifeGoesOnAfterARestart() {
        repository().create(key("a"), draft("one", "type:note"));
        Entity one = committed(key("a"));
        repository().delete(key("a"));
        store().restart();

        assertThat(repository().restore(key("a"))).isEqualTo(3);
        store().restart();
        assertThat(repository().save(key("a"), draft("two", "type:note"))).isEqualTo(4);

        Entity entity = committed(key("a"));
        assertThat(entity.createdAt()).isEqualTo(one.createdAt());
        assertThat(entity.tags()).isEqualTo(one.tags());
        assertThat(entity.version().transaction()).isEqualTo(4);
        assertThat(versions(key("a")))
                .extracting(version -> version.version().at())
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    default void anEmptyStoreIsEmptyAfterARestart() {
        store().restart();

        assertThat(repository().snapshot()).isZero();
        assertThat(repository().latest(key("a"))).isEmpty();
        assertThat(repository().create(key("a"), draft("one"))).isEqualTo(1);
    }
}
