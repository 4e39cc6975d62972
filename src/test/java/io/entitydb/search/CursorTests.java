package io.entitydb.search;

import static io.entitydb.search.SearchFixture.DATASET;
import static io.entitydb.search.SearchFixture.first;
import static io.entitydb.search.SearchFixture.put;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.entitydb.entity.Digest;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.entity.Tag;
import io.entitydb.query.Condition;
import io.entitydb.query.EntityQuery;
import io.entitydb.query.PageRequest;
import io.entitydb.query.SortKey;
import io.entitydb.temporal.AsOf;
import io.entitydb.temporal.Timestamp;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;

class CursorTests {

    private static final List<String> ALPHABET =
            List.of(
                    ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                    + "-_=+/ .%\u00e9\n")
                            .split(""));

    private static final EntityQuery QUERY =
            new EntityQuery(
                    DATASET,
                    new Condition.HasTag(new Tag("type", "x")),
                    EntityQuery.States.ACTIVE,
                    List.of(new SortKey(SortKey.Field.CREATED_AT, false)));

    private final MemoryEngine engine = new MemoryEngine();
    private final SearchFixture fixture = SearchFixture.inMemory(engine);
    private String cursor = "";

    @BeforeEach
    void readFirstPage() {
        for (int i = 0; i < 4; i++) {
            engine.commit(put("e" + i, "type:x"));
        }
        cursor = Objects.requireNonNull(fixture.search.search(QUERY, first(2)).next());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void leadsToTheNextPage() {
        assertThat(fixture.search.search(QUERY, new PageRequest(2, cursor, false)).items())
                .extracting(e -> e.key().id())
                .containsExactly("e2", "e3");
        assertThat(cursor).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void isRefusedWithAnyOneCharacterChanged() {
        for (int i = 0; i < cursor.length(); i++) {
            for (String other : ALPHABET) {
                if (!cursor.startsWith(other, i)) {
                    assertRefused(QUERY, cursor.substring(0, i) + other + cursor.substring(i + 1));
                }
            }
        }
    }

    @Test
    void isRefusedWhenCutOrExtended() {
        for (int length = 0; length < cursor.length(); length++) {
            assertRefused(QUERY, cursor.substring(0, length));
            assertRefused(QUERY, cursor.substring(cursor.length() - length));
        }
        for (String more : ALPHABET) {
            assertRefused(QUERY, cursor + more);
            assertRefused(QUERY, more + cursor);
        }
        assertRefused(QUERY, cursor + cursor);
        assertRefused(QUERY, "A".repeat(1_000_000));
    }

    @Test
    void isRefusedWithCharactersSwapped() {
        for (int i = 1; i < cursor.length(); i++) {
            char a = cursor.charAt(i - 1);
            char b = cursor.charAt(i);
            if (a != b) {
                assertRefused(QUERY, cursor.substring(0, i - 1) + b + a + cursor.substring(i + 1));
            }
        }
    }

    @Test
    void randomBytesAreRefused() {
        long seed = System.nanoTime();
        System.out.println("seed of random cursors: " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[0] = 1;
            }
            assertRefused(QUERY, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
    }

    @Test
    void isRefusedForEveryOtherQuery() {
        Condition x = QUERY.where();
        EntityQuery.States active = QUERY.states();
        List<SortKey> sort = QUERY.sort();
        List<SortKey> other = List.of(new SortKey(SortKey.Field.CREATED_AT, true));

        for (EntityQuery query :
                List.of(
                        new EntityQuery("other", x, active, sort),
                        new EntityQuery(DATASET, x, EntityQuery.States.ANY, sort),
                        new EntityQuery(DATASET, x, active, List.of()),
                        new EntityQuery(DATASET, x, active, sort, new AsOf.AtTransaction(1)),
                        new EntityQuery(
                                DATASET,
                                x,
                                active,
                                sort,
                                new AsOf.AtInstant(MemoryEngine.timeOf(1))),
                        new EntityQuery(
                                DATASET,
                                new Condition.InRange(
                                        Condition.Time.CREATED, new Timestamp(5), Timestamp.MAX),
                                active,
                                sort),
                        new EntityQuery(DATASET, x, active, other),
                        new EntityQuery(DATASET, new Condition.Everything(), active, sort),
                        new EntityQuery(
                                DATASET, new Condition.HasPrefix("type", "x"), active, sort),
                        new EntityQuery(DATASET, new Condition.Not(x), active, sort),
                        new EntityQuery(DATASET, new Condition.All(List.of(x)), active, sort),
                        new EntityQuery(DATASET, new Condition.Any(List.of(x)), active, sort),
                        new EntityQuery(
                                DATASET,
                                new Condition.HasTag(new Tag("typ", "ex")),
                                active,
                                sort))) {
            assertRefused(query, cursor);
        }
    }

    @Test
    void isRefusedByAnotherFileAndAnotherEpoch() {
        engine.becomes(UUID.randomUUID(), 1);
        assertRefused(QUERY, cursor);

        UUID fileId = Cursor.read(cursor).origin().storeId();
        engine.becomes(fileId, 2);
        assertRefused(QUERY, cursor);

        engine.becomes(fileId, 1);
        assertThat(fixture.search.search(QUERY, new PageRequest(2, cursor, false)).items())
                .hasSize(2);
    }

    @Test
    void forgedPartsAreRefused() {
        Cursor sound = Cursor.read(cursor);
        SortOrder.Place place = sound.place();

        assertRefused(forged(sound, Long.MAX_VALUE, place));
        assertRefused(forged(sound, 5, place));
        assertRefused(forged(sound, -1, place));
        assertRefused(forged(sound, 4, new SortOrder.Place(List.of(), place.id())));
        assertRefused(forged(sound, 4, new SortOrder.Place(List.of(1L, 2L), place.id())));
    }

    @Test
    void holdsTheLongestIdOfAnyText() {
        for (String id : List.of("\ud83d\ude00".repeat(63) + "abc", "x".repeat(255), "%/+=&?#")) {
            IndexOrigin origin = new IndexOrigin(new UUID(-1, -2), Long.MAX_VALUE);
            SortOrder.Place place = new SortOrder.Place(List.of(Long.MIN_VALUE, -1L), id);
            Cursor written = new Cursor(origin, Long.MAX_VALUE, Digest.ZERO, place);

            assertThat(Cursor.read(written.write())).isEqualTo(written);
        }
    }

    private void assertRefused(String text) {
        assertRefused(QUERY, text);
    }

    private void assertRefused(EntityQuery query, String text) {
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> fixture.search.search(query, new PageRequest(2, text, false)))
                .satisfies(e -> assertThat(e.parameter()).isEqualTo("cursor"));
    }

    private static String forged(Cursor sound, long snapshot, SortOrder.Place place) {
        return new Cursor(sound.origin(), snapshot, sound.fingerprint(), place).write();
    }
}
