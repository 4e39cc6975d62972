package io.entitydb.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class EntityKeyTests {

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "default", "a-b_c", "9lives", "a--", "a_", "system"})
    void namesOfDatasets(String dataset) {
        assertThat(EntityKey.requireDataset(dataset)).isEqualTo(dataset);
        assertThat(new EntityKey(dataset, "x")).hasToString(dataset + "/x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-a",
                "_a",
                "A",
                "a b",
                "a/b",
                "a.b",
                "ä",
                "a\n",
                "\na",
                "a\u0000",
                "..",
                "%61",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            })
    void refusedNamesOfDatasets(String dataset) {
        assertThatExceptionOfType(InvalidEntityException.class)
                .isThrownBy(() -> new EntityKey(dataset, "x"))
                .satisfies(e -> assertThat(e.pointer()).isEqualTo("/dataset"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a", "/", "//", "a/b", ":", "@", "...", ". ", " ", "%2e%2e", "é", "日本", "😀",
                "\uFEFF", "\uFFFF", "\u2028", "\u00AD", "\uE000"
            })
    void ids(String id) {
        assertThat(new EntityKey("default", id).id()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "\u0000",
                "a\u0000b",
                "a\nb",
                "\r",
                "\t",
                "\u001B[31m",
                "\u007F",
                "\u0085",
                "\u009F"
            })
    void refusedIds(String id) {
        assertRefused(id);
    }

    @Test
    void refusesUnpairedSurrogatesWhereverTheyStand() {
        List.of("\uD83D", "\uDE00", "a\uD83D", "\uDE00a", "\uDE00\uD83D", "\uD83D\uD83D\uDE00")
                .forEach(EntityKeyTests::assertRefused);
    }

    @Test
    void anIdHasAtMost255BytesNotCharacters() {
        assertThat(new EntityKey("d", "x".repeat(255)).id()).hasSize(255);
        assertThat(new EntityKey("d", "é".repeat(127) + "x").id()).hasSize(128);
        assertThat(new EntityKey("d", "😀".repeat(63) + "abc").id()).hasSize(129);

        assertRefused("x".repeat(256));
        assertRefused("é".repeat(128));
        assertRefused("日".repeat(85) + "x");
        assertRefused("😀".repeat(64));
        assertRefused("x".repeat(10_000_000));
    }

    @Test
    void ordersByDatasetThenByBytesOfTheId() {
        List<EntityKey> sorted =
                List.of(
                        new EntityKey("a", "z"),
                        new EntityKey("b", "A"),
                        new EntityKey("b", "AA"),
                        new EntityKey("b", "a"),
                        new EntityKey("b", "é"),
                        new EntityKey("b", "日"),
                        new EntityKey("b", "\uE000"),
                        new EntityKey("b", "\uFFFF"),
                        new EntityKey("b", "\uD800\uDC00"),
                        new EntityKey("b", "😀"),
                        new EntityKey("b", "😀a"));

        assertThat(sorted.reversed().stream().sorted()).containsExactlyElementsOf(sorted);
    }

    private static void assertRefused(String id) {
        assertThatExceptionOfType(InvalidEntityException.class)
                .isThrownBy(() -> new EntityKey("default", id))
                .satisfies(e -> assertThat(e.pointer()).isEqualTo("/id"))
                .satisfies(e -> assertThat(e.code()).isEqualTo("invalid-entity"));
    }
}
