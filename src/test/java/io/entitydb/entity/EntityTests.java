package io.entitydb.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.entitydb.temporal.Timestamp;

import org.junit.jupiter.api.Test;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Entity, draft, version and commit: what holds them together. */
class EntityTests {

    private static final Tag A = Tag.parse("k:a");
    private static final Tag B = Tag.parse("k:b");

    @Test
    void aDraftHasAtMostAThousandTags() {
        assertThat(EntityDraft.of(tags(1000), Content.EMPTY).tags()).hasSize(1000);

        assertThatExceptionOfType(InvalidEntityException.class)
                .isThrownBy(() -> EntityDraft.of(tags(1001), Content.EMPTY))
                .satisfies(e -> assertThat(e.pointer()).isEqualTo("/tags"));
    }

    @Test
    void aDraftKeepsItsTagsWhateverHappensToTheGivenSet() {
        Set<Tag> given = new HashSet<>(Set.of(A));
        EntityDraft draft = EntityDraft.of(given, Content.EMPTY);

        given.add(B);

        assertThat(draft.tags()).containsExactly(A);
        assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> draft.tags().remove(A));
        assertThat(draft.tags()).containsExactly(A);
    }

    @Test
    void theOrderOfTagsDoesNotDependOnTheCaller() {
        SortedSet<Tag> reversed = new TreeSet<>(Comparator.reverseOrder());
        reversed.addAll(List.of(A, B));
        SortedMap<Tag, Timestamp> reversedTimes = new TreeMap<>(Comparator.reverseOrder());
        reversed.forEach(tag -> reversedTimes.put(tag, new Timestamp(1)));

        assertThat(new EntityDraft(reversed, Content.EMPTY).tags()).containsExactly(A, B);
        assertThat(entity(ChangeKind.PUT, reversedTimes).tags().keySet()).containsExactly(A, B);
    }

    @Test
    void anEntityKeepsItsTagsWhateverHappensToTheGivenMap() {
        SortedMap<Tag, Timestamp> given = new TreeMap<>();
        given.put(A, new Timestamp(1));
        Entity entity = entity(ChangeKind.PUT, given);

        given.put(B, new Timestamp(2));

        assertThat(entity.tags()).containsOnlyKeys(A);
    }

    @Test
    void onlyATombstoneIsDeleted() {
        assertThat(entity(ChangeKind.DELETE, new TreeMap<>()).isDeleted()).isTrue();
        assertThat(entity(ChangeKind.PUT, new TreeMap<>()).isDeleted()).isFalse();
        assertThat(entity(ChangeKind.RESTORE, new TreeMap<>()).isDeleted()).isFalse();
    }

    @Test
    void versionsAndTransactionsCountFromOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Version(0, ChangeKind.PUT, 1, new Timestamp(1), "ada"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Version(1, ChangeKind.PUT, 0, new Timestamp(1), "ada"));
    }

    @Test
    void aPendingVersionSaysSo() {
        Version pending = Version.pending(3, ChangeKind.PUT, "ada");

        assertThat(pending.isPending()).isTrue();
        assertThat(pending.number()).isEqualTo(3);
        assertThat(pending.at()).isEqualTo(Timestamp.MAX);
        assertThat(new Version(3, ChangeKind.PUT, 7, new Timestamp(1), "ada").isPending())
                .isFalse();
    }

    @Test
    void aStretchOfHistoryHasItsLimits() {
        assertThat(HistoryRange.newest(1000))
                .isEqualTo(new HistoryRange(Long.MAX_VALUE, false, 1000));
        assertThat(HistoryRange.oldest(1)).isEqualTo(new HistoryRange(1, true, 1));

        assertRefused(0, 1, "from");
        assertRefused(-1, 1, "from");
        assertRefused(1, 0, "limit");
        assertRefused(1, -1, "limit");
        assertRefused(1, 1001, "limit");
    }

    @Test
    void whoIsNotKnownIsAnonymous() {
        assertThat(PrincipalSource.ANONYMOUS.current()).isEqualTo("anonymous");
    }

    private static void assertRefused(long from, int limit, String parameter) {
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> new HistoryRange(from, true, limit))
                .satisfies(e -> assertThat(e.parameter()).isEqualTo(parameter));
    }

    private static Entity entity(ChangeKind kind, SortedMap<Tag, Timestamp> tags) {
        return new Entity(
                new EntityKey("default", "a"),
                new Version(1, kind, 1, new Timestamp(1), "ada"),
                new Timestamp(1),
                "ada",
                tags,
                Content.EMPTY);
    }

    private static Set<Tag> tags(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Tag("k", "" + i))
                .collect(Collectors.toSet());
    }
}
