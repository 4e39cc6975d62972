package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Tag;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Tags of a version to come keep the times that the version before gives them. */
class KeptTimesTests {

    /** Values in an order of UTF-8 that is not the one of UTF-16. */
    private static final List<String> VALUES = List.of("a", "ab", "b", "grün", "\uFFFD", "😀");

    private static final List<String> NAMESPACES = List.of("a", "a-b", "type", "Type", "owner");

    private static DraftTag[] take(List<DraftTag> before, SortedSet<Tag> later) {
        WrittenLog log = new WrittenLog();
        long position =
                log.add(WrittenLog.draft(WrittenLog.KEY, 1, 0).toBuilder().tags(before).build());
        DraftTag[] tags = later.stream().map(tag -> DraftTag.of(tag, 0)).toArray(DraftTag[]::new);
        KeptTimes.take(tags, log.reader().readHead(position), log.dictionary());
        return tags;
    }

    @Test
    void timesAreThoseOfEqualTags() {
        long seed = System.nanoTime();
        System.out.println("KeptTimesTests seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            TreeMap<Tag, Long> before = new TreeMap<>();
            SortedSet<Tag> later = new TreeSet<>();
            for (String namespace : NAMESPACES) {
                for (String value : VALUES) {
                    if (random.nextInt(3) == 0) {
                        before.put(new Tag(namespace, value), 1L + random.nextInt(1_000));
                    }
                    if (random.nextInt(3) == 0) {
                        later.add(new Tag(namespace, value));
                    }
                }
            }
            List<DraftTag> drafts =
                    before.entrySet().stream()
                            .map(entry -> DraftTag.of(entry.getKey(), entry.getValue()))
                            .toList();

            for (DraftTag tag : take(drafts, later)) {
                assertThat(tag.assertedAt())
                        .as("seed %d, tag %s", seed, tag.tag())
                        .isEqualTo(before.getOrDefault(tag.tag(), 0L));
            }
        }
    }

    @Test
    void orderOfTheVersionBeforeDoesNotMatter() {
        List<DraftTag> before =
                List.of(
                        DraftTag.of(new Tag("type", "b"), 5),
                        DraftTag.of(new Tag("type", "a"), 6),
                        DraftTag.of(new Tag("owner", "x"), 7));
        SortedSet<Tag> later =
                new TreeSet<>(
                        List.of(new Tag("owner", "x"), new Tag("type", "a"), new Tag("type", "b")));

        assertThat(Arrays.stream(take(before, later)).map(DraftTag::assertedAt))
                .containsExactly(7L, 6L, 5L);
    }
}
