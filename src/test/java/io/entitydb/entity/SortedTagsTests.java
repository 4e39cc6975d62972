package io.entitydb.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.temporal.Timestamp;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Two arrays behave as the tree that they replace. */
class SortedTagsTests {

    private static SortedTags tags(SortedMap<Tag, Timestamp> map) {
        return SortedTags.of(
                map.keySet().toArray(Tag[]::new), map.values().toArray(Timestamp[]::new));
    }

    @Test
    void behaveAsATree() {
        long seed = new Random().nextLong();
        System.out.println("SortedTagsTests seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            SortedMap<Tag, Timestamp> tree = new TreeMap<>();
            for (int i = random.nextInt(8); i > 0; i--) {
                tree.put(tag(random), new Timestamp(random.nextInt(100)));
            }
            requireEqual(tags(tree), tree);
            Tag from = tag(random);
            Tag to = tag(random);
            requireEqual(tags(tree).headMap(to), tree.headMap(to));
            requireEqual(tags(tree).tailMap(from), tree.tailMap(from));
            if (from.compareTo(to) <= 0) {
                requireEqual(tags(tree).subMap(from, to), tree.subMap(from, to));
            } else {
                assertThatThrownBy(() -> tags(tree).subMap(from, to))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    private static Tag tag(Random random) {
        return new Tag("n" + random.nextInt(3), "v" + random.nextInt(4));
    }

    private static void requireEqual(
            SortedMap<Tag, Timestamp> actual, SortedMap<Tag, Timestamp> expected) {
        assertThat(actual).isEqualTo(expected).hasSameHashCodeAs(expected);
        assertThat(expected).isEqualTo(actual);
        assertThat(actual.entrySet()).containsExactlyElementsOf(expected.entrySet());
        assertThat(actual.keySet()).containsExactlyElementsOf(expected.keySet());
        assertThat(actual.comparator()).isNull();
        for (Tag tag : expected.keySet()) {
            assertThat(actual.get(tag)).isEqualTo(expected.get(tag));
        }
        assertThat(actual.containsKey(new Tag("n0", "missing"))).isFalse();
        if (expected.isEmpty()) {
            assertThatThrownBy(() -> actual.firstKey()).isInstanceOf(NoSuchElementException.class);
            assertThatThrownBy(() -> actual.lastKey()).isInstanceOf(NoSuchElementException.class);
        } else {
            assertThat(actual.firstKey()).isEqualTo(expected.firstKey());
            assertThat(actual.lastKey()).isEqualTo(expected.lastKey());
        }
    }

    @Test
    void tagsOutOfOrderAreOrderedAndTheLastTimeOfTwoCounts() {
        Tag a = Tag.parse("n:a");
        Tag b = Tag.parse("n:b");
        Timestamp[] times = {new Timestamp(1), new Timestamp(2), new Timestamp(3)};

        assertThat(SortedTags.of(new Tag[] {b, a, b}, times))
                .containsExactly(Map.entry(a, times[1]), Map.entry(b, times[2]));
    }

    @Test
    void nobodyChangesThem() {
        SortedTags tags =
                SortedTags.of(new Tag[] {Tag.parse("n:a")}, new Timestamp[] {new Timestamp(1)});

        assertThatThrownBy(tags::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> tags.put(Tag.parse("n:b"), new Timestamp(2)))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> tags.keySet().clear())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> tags.entrySet().iterator().next().setValue(new Timestamp(2)))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void copyOfThemIsThemselves() {
        SortedTags tags = SortedTags.of(new Tag[0], new Timestamp[0]);

        assertThat(SortedTags.copyOf(tags)).isSameAs(tags);
    }
}
