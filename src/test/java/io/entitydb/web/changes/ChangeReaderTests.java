package io.entitydb.web.changes;

import static io.entitydb.entity.StoreSubject.draft;
import static io.entitydb.entity.StoreSubject.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.entity.EntityKey;
import io.entitydb.entity.InvalidQueryException;
import io.entitydb.entity.LogOrigin;
import io.entitydb.entity.LogPoint;
import io.entitydb.entity.Retention;
import io.entitydb.security.Permission;
import io.entitydb.security.Permissions;
import io.entitydb.security.Right;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.transaction.TransactionalStore;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The reader passes over nothing: not within transactions, not where bytes are damaged. */
class ChangeReaderTests {

    private static final ChangeFilter ALL = ChangeFilter.of(null, List.of(), Permissions.ALL);
    private static final ChangeStart BEGINNING = new ChangeStart.AfterTransaction(0);
    private static final String SECRET = "a text that stands once in the file";

    private final SimulatedDisk disk = new SimulatedDisk(23);
    private TransactionalStore store = open();

    private static final Permissions VIEWER =
            Permissions.of(List.of(Permission.of(Right.ENTITY_VIEW, "default")));

    @AfterEach
    void close() {
        store.close();
    }

    private TransactionalStore open() {
        return TransactionalStore.over(TransactionalStore.smallEngine(disk));
    }

    private ChangeReader reader(ChangeStart start, ChangeFilter filter) {
        return new ChangeReader(store.changes(), store.repository(), filter, start);
    }

    private ChangeReader readerAt(String cursor) {
        return reader(new ChangeStart.At(Objects.requireNonNull(ChangeCursor.read(cursor))), ALL);
    }

    private static List<ChangeDocument> rest(ChangeReader reader) {
        List<ChangeDocument> told = new ArrayList<>();
        while (reader.advance()) {
            ChangeDocument change = reader.change();
            if (change != null) {
                told.add(change);
            }
        }
        return told;
    }

    private static List<String> words(List<ChangeDocument> told) {
        return told.stream().map(c -> c.op().label() + " " + c.id() + " " + c.version()).toList();
    }

    private void saveTogether(String... ids) {
        store.fromTransaction(
                () -> {
                    for (String id : ids) {
                        store.repository().save(key(id), draft(id, "type:x"));
                    }
                    return ids;
                });
    }

    private void keepNewest() {
        Retention newest = new Retention(Map.of("default", new Retention.Rule(1, null)));
        store.engine()
                .compact(
                        store.engine().plan(newest, (activity, done, total) -> {}),
                        (activity, done, total) -> {});
    }

    @Test
    void everyChangeOfATransactionIsAPlace() {
        saveTogether("a", "b", "c");
        saveTogether("d");
        store.engine().erase(key("b"), "eraser");
        store.engine().erase(key("c"), "eraser");
        saveTogether("a", "b");

        List<ChangeDocument> all = rest(reader(BEGINNING, ALL));

        assertThat(words(all))
                .containsExactly(
                        "created a 1",
                        "erased b 1",
                        "erased c 1",
                        "created d 1",
                        "erased b 1",
                        "erased c 1",
                        "updated a 2",
                        "created b 2");
        for (int i = 0; i < all.size(); i++) {
            assertThat(rest(readerAt(all.get(i).cursor())))
                    .as("after %d", i)
                    .isEqualTo(all.subList(i + 1, all.size()));
        }
    }

    /** A place names an entity by a hash that can be compared with guesses. */
    @Test
    void placeNeverNamesWhatMayNotBeViewed() {
        EntityKey hidden = new EntityKey("hidden", "secret");
        store.fromTransaction(
                () -> {
                    store.repository().save(key("a"), draft("a", "type:x"));
                    store.repository().save(hidden, draft("secret", "type:x"));
                    return store.repository().save(key("b"), draft("b", "type:x"));
                });
        ChangeFilter some = ChangeFilter.of(null, List.of(), VIEWER);
        ChangeReader reader = reader(BEGINNING, some);
        List<Long> places = new ArrayList<>();

        while (reader.advance()) {
            places.add(reader.place().last());
        }

        assertThat(places).contains(ChangePlace.mark(key("a")));
        assertThat(places).doesNotContain(ChangePlace.mark(hidden));
    }

    /** Nobody knows any more of which datasets they were. */
    @Test
    void removedVersionsAreCountedForThoseWhoMayViewAll() {
        saveTogether("a");
        saveTogether("a");
        keepNewest();
        ChangeReader whole = reader(BEGINNING, ALL);
        ChangeReader part = reader(BEGINNING, ChangeFilter.of(null, List.of(), VIEWER));

        assertThat(rest(part)).isEqualTo(rest(whole));
        assertThat(whole.checkpoint().removed()).isEqualTo(1);
        assertThat(part.checkpoint().removed()).isNull();
    }

    @Test
    void erasureIsToldWithItsFactsAndWithoutTags() {
        saveTogether("a");
        String cursor = reader(new ChangeStart.Now(), ALL).cursor();

        store.engine().erase(key("a"), "eraser");

        ChangeFilter tagged = ChangeFilter.of("default", List.of("type:x"), Permissions.ALL);
        ChangeStart start = new ChangeStart.At(Objects.requireNonNull(ChangeCursor.read(cursor)));
        assertThat(rest(reader(start, tagged)))
                .singleElement()
                .satisfies(
                        change -> {
                            assertThat(change.op()).isEqualTo(ChangeOp.ERASED);
                            assertThat(change.id()).isEqualTo("a");
                            assertThat(change.version()).isEqualTo(1);
                            assertThat(change.transaction()).isEqualTo(1);
                            assertThat(change.tags()).isEmpty();
                            assertThat(change.principal()).isEqualTo("eraser");
                            assertThat(change.instant()).isNotNull();
                        });
        assertThat(rest(reader(start, ChangeFilter.of("other", List.of(), Permissions.ALL))))
                .isEmpty();
    }

    @Test
    void erasedVersionsMatchAnyTagBecauseNobodyKnowsTheirs() {
        saveTogether("a");
        saveTogether("a");
        store.engine().erase(key("a"), "eraser");
        store.repository().save(key("a"), draft("anew", "type:y"));

        List<ChangeDocument> told =
                rest(reader(BEGINNING, ChangeFilter.of(null, List.of("z:z"), Permissions.ALL)));

        assertThat(words(told)).containsExactly("erased a 1", "erased a 2", "erased a 2");
        assertThat(told).allSatisfy(change -> assertThat(change.tags()).isEmpty());
    }

    @Test
    void readerGoesOnInTheStoreThatWasOpenedAgain() {
        saveTogether("a", "b");
        ChangeReader reader = reader(BEGINNING, ALL);
        reader.advance();
        reader.advance();
        assertThat(Objects.requireNonNull(reader.change()).id()).isEqualTo("a");

        store.restart();
        saveTogether("c");

        assertThat(words(rest(reader))).containsExactly("created b 1", "created c 1");
    }

    @Test
    void cursorOfALaterHistoryIsGone() {
        saveTogether("a");
        byte[] backup = disk.contents("entities.edb").clone();
        saveTogether("b");
        String cursor = reader(new ChangeStart.Now(), ALL).cursor();
        store.close();
        disk.delete("entities.idx");
        disk.replace("entities.edb", backup);
        store = open();

        requireGone(cursor);
        saveTogether("other");
        requireGone(cursor);
        saveTogether("more");
        requireGone(cursor);
    }

    private void requireGone(String cursor) {
        assertThatThrownBy(() -> readerAt(cursor))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        gone ->
                                assertThat(gone.problem().type())
                                        .isEqualTo(ProblemType.CURSOR_GONE));
    }

    @Test
    void cursorOfAnotherEpochIsGone() {
        saveTogether("a");
        LogOrigin origin = store.changes().history().origin();
        LogPoint newest = store.changes().history().newest();
        LogOrigin later = new LogOrigin(origin.storeId(), origin.epoch() + 1, origin.createdAt());

        requireGone(ChangeCursor.of(later, ChangePlace.after(newest)).write());
        assertThat(rest(readerAt(ChangeCursor.of(origin, ChangePlace.after(newest)).write())))
                .isEmpty();
    }

    @Test
    void placesStayWhenVersionsAreRetired() {
        saveTogether("a", "b", "c");
        saveTogether("a", "d");
        List<ChangeDocument> before = rest(reader(BEGINNING, ALL));
        ChangeReader reader = reader(BEGINNING, ALL);
        reader.advance();
        reader.advance();

        keepNewest();

        ChangeReader whole = reader(BEGINNING, ALL);
        List<ChangeDocument> left = rest(whole);
        assertThat(words(left))
                .containsExactly("created b 1", "created c 1", "updated a 2", "created d 1");
        assertThat(words(rest(reader))).isEqualTo(words(left));
        for (int i = 1; i < before.size(); i++) {
            assertThat(words(rest(readerAt(before.get(i).cursor()))))
                    .isEqualTo(words(before.subList(i + 1, before.size())));
        }
        assertThat(whole.checkpoint().removed()).isEqualTo(1);
        assertThat(whole.checkpoint().removed()).isNull();
    }

    /** What a retired version carried is not known, so the next one is told to be safe. */
    @Test
    void versionAfterARetiredOneMatchesAnyTag() {
        saveTogether("a");
        store.repository().save(key("a"), draft("two", "type:y"));
        keepNewest();

        assertThat(
                        words(
                                rest(
                                        reader(
                                                BEGINNING,
                                                ChangeFilter.of(
                                                        null,
                                                        List.of("type:x"),
                                                        Permissions.ALL)))))
                .containsExactly("updated a 2");
    }

    /** A checkpoint covers it, so the store is open for writing. */
    @Test
    void damagedChangeIsRefusedAndAllAroundItIsTold() {
        saveTogether("a");
        store.repository().save(key("secret"), draft(SECRET));
        saveTogether("b");
        store.close();
        damage();
        store = open();

        ChangeReader reader = reader(BEGINNING, ALL);
        assertThat(reader.advance()).isTrue();
        assertThat(reader.advance()).isTrue();
        String before = reader.cursor();

        assertThatThrownBy(reader::advance).isInstanceOf(CorruptDataException.class);
        assertThat(reader.cursor()).isEqualTo(before);
        assertThatThrownBy(() -> rest(readerAt(before))).isInstanceOf(CorruptDataException.class);
        assertThat(words(rest(reader(new ChangeStart.AfterTransaction(2), ALL))))
                .containsExactly("created b 1");
    }

    @Test
    void damagedVersionBeforeIsNotTakenForOneThatDoesNotMatch() {
        store.repository().save(key("secret"), draft(SECRET, "type:x"));
        store.repository().save(key("secret"), draft("later"));
        store.close();
        damage();
        store = open();
        ChangeStart start = new ChangeStart.AfterTransaction(1);

        ChangeReader reader =
                reader(start, ChangeFilter.of(null, List.of("type:x"), Permissions.ALL));

        assertThatThrownBy(() -> rest(reader)).isInstanceOf(CorruptDataException.class);
        assertThat(reader.place().transaction()).isEqualTo(2);
        assertThat(reader.place().last()).isEqualTo(ChangePlace.NONE);
        assertThat(words(rest(reader(start, ALL)))).containsExactly("updated secret 2");
    }

    @Test
    void feedEndsBeforeAGapWithARefusal() {
        saveTogether("a");
        store.repository().save(key("secret"), draft(SECRET));
        saveTogether("b");
        String beyond = reader(new ChangeStart.Now(), ALL).cursor();
        store.close();
        damage();
        disk.delete("entities.idx");
        store = open();

        ChangeReader reader = reader(BEGINNING, ALL);

        assertThatThrownBy(() -> rest(reader)).isInstanceOf(CorruptDataException.class);
        assertThat(reader.place().transaction()).isEqualTo(1);
        assertThatThrownBy(() -> readerAt(beyond)).isInstanceOf(CorruptDataException.class);
        assertThatThrownBy(() -> reader(new ChangeStart.AfterTransaction(3), ALL))
                .isInstanceOf(CorruptDataException.class);
    }

    private void damage() {
        byte[] bytes = disk.contents("entities.edb").clone();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        bytes[text.indexOf(SECRET)] ^= 1;
        disk.replace("entities.edb", bytes);
    }

    @Test
    void reservedDatasetsAreNeverTold() {
        store.repository().save(new EntityKey("system", "dataset/x"), draft("x"));
        saveTogether("a");
        store.engine().erase(new EntityKey("system", "dataset/x"), "eraser");

        assertThat(words(rest(reader(BEGINNING, ALL)))).containsExactly("created a 1");
    }

    @Test
    void startThatLiesInTheFutureIsRefused() {
        saveTogether("a");

        assertThatThrownBy(() -> reader(new ChangeStart.AfterTransaction(2), ALL))
                .isInstanceOfSatisfying(
                        InvalidQueryException.class,
                        refused -> assertThat(refused.parameter()).isEqualTo("since"));
    }
}
