package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Content;
import io.entitydb.entity.Digest;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Tag;
import io.entitydb.regression.Regression;
import io.entitydb.storage.io.OsDisk;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/** Scenarios of large contents and many tags: what comes back has the digest that went in. */
class ContentScenariosTests {

    private static final EntityKey KEY = new EntityKey("default", "large");
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;

    @TempDir private Path directory;

    @Regression(13)
    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                64 * KIB - 1,
                64 * KIB,
                64 * KIB + 1,
                MIB - 1,
                MIB,
                MIB + 1,
                4 * MIB - 1,
                4 * MIB,
                4 * MIB + 1,
                50_000_000
            })
    void scenario13RandomContentHasItsDigestByGetAndByStream(int length) throws IOException {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);

        requireKept(bytes);
    }

    @Regression(13)
    @ParameterizedTest
    @ValueSource(ints = {1, 64 * KIB, 64 * KIB + 1, 4 * MIB + 1})
    void scenario13ContentOfZeroBytesHasItsDigestByGetAndByStream(int length) throws IOException {
        requireKept(new byte[length]);
    }

    private void requireKept(byte[] bytes) throws IOException {
        Content content = Content.of("application/x-test", bytes);
        try (StorageEngine engine = engine()) {
            engine.open();
            save(engine, EntityDraft.of(Set.of(), content));
            requireDigest(engine, content.digest());
        }
        try (StorageEngine engine = engine()) {
            engine.open();
            requireDigest(engine, content.digest());
            assertThat(engine.snapshot().latest(KEY).orElseThrow().content()).isEqualTo(content);
        }
    }

    private static void requireDigest(StorageEngine engine, Digest expected) throws IOException {
        Content stored = engine.snapshot().latest(KEY).orElseThrow().content();
        assertThat(Digest.sha256(stored.bytes())).isEqualTo(expected);
        MessageDigest function = Digest.newSha256();
        byte[] piece = new byte[10_007];
        try (InputStream stream = stored.source().open()) {
            for (int count = stream.read(piece); count >= 0; count = stream.read(piece)) {
                function.update(piece, 0, count);
            }
        }
        assertThat(Digest.of(function.digest())).isEqualTo(expected);
    }

    @Test
    @Regression(14)
    void scenario14AThousandTagsOfWhichManyShareANamespaceAreAllReturned() {
        Set<Tag> tags = new HashSet<>();
        for (int i = 0; i < Entity.MAX_TAGS - 100; i++) {
            tags.add(new Tag("shared", "value " + i));
        }
        for (int i = 0; i < 50; i++) {
            tags.add(new Tag("n" + i, "alone"));
            String value = i + "x".repeat(1024);
            tags.add(new Tag("longest", value.substring(0, 1024 - "longest:".length())));
        }
        assertThat(tags).hasSize(Entity.MAX_TAGS);

        try (StorageEngine engine = engine()) {
            engine.open();
            save(engine, EntityDraft.of(tags, Content.EMPTY));
            assertThat(engine.snapshot().latest(KEY).orElseThrow().tags().keySet()).isEqualTo(tags);
        }
        try (StorageEngine engine = engine()) {
            engine.open();
            assertThat(engine.snapshot().latest(KEY).orElseThrow().tags().keySet()).isEqualTo(tags);
        }
    }

    private StorageEngine engine() {
        return StorageEngine.over(
                new OsDisk(directory), StorageOptions.defaults(), StorageObserver.NONE);
    }

    private static void save(StorageEngine engine, EntityDraft draft) {
        Transaction transaction = engine.begin("tester");
        transaction.save(KEY, draft);
        transaction.commit();
    }
}
