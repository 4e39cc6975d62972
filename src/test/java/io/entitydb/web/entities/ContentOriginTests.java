package io.entitydb.web.entities;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Content;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.transaction.TransactionalStore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Set;

class ContentOriginTests {

    private static final EntityKey KEY = new EntityKey("default", "x");

    private final TransactionalStore store = TransactionalStore.inMemory();
    private final EntityRepository repository = store.repository();

    @AfterEach
    void close() {
        store.close();
    }

    private void save(String content, int times) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < times; i++) {
            repository.save(KEY, EntityDraft.of(Set.of(), Content.of("text/plain", bytes)));
        }
    }

    private BlameDocument.Origin origin(int maxVersions) {
        Entity newest = repository.find(KEY).orElseThrow();
        return ContentOrigin.of(newest, repository, maxVersions);
    }

    @Test
    void originIsFoundAcrossManyVersions() {
        save("a", 1);
        save("b", 250);

        assertThat(origin(1_000).version()).isEqualTo(2);
        assertThat(origin(1_000).orEarlier()).isNull();
    }

    @Test
    void contentThatCameBackIsAsOldAsItsReturn() {
        save("a", 3);
        save("b", 1);
        save("a", 3);

        assertThat(origin(1_000).version()).isEqualTo(5);
    }

    @Test
    void searchIsBoundedAndSaysSo() {
        save("a", 1);
        save("b", 250);

        assertThat(origin(200).version()).isEqualTo(51);
        assertThat(origin(200).orEarlier()).isTrue();
        assertThat(origin(300).orEarlier()).isNull();
    }

    @Test
    void firstVersionEndsTheSearch() {
        save("a", 101);

        assertThat(origin(100).version()).isEqualTo(1);
        assertThat(origin(100).orEarlier()).isNull();
    }

    @Test
    void deletionsThatWereTakenBackAreNoBreaks() {
        save("a", 1);
        repository.delete(KEY);
        repository.restore(KEY);
        repository.delete(KEY);
        repository.restore(KEY);

        assertThat(origin(1_000).version()).isEqualTo(1);

        repository.delete(KEY);
        save("a", 2);

        assertThat(origin(1_000).version()).isEqualTo(7);
    }
}
