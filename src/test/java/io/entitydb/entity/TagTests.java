package io.entitydb.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class TagTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "type:note|type|note",
                "a.b-c_D9:x|a.b-c_D9|x",
                "rbac:perm:entity:view|rbac|perm:entity:view",
                "k::|k|:",
                "'k: '|k|' '",
                "url:https://example.org/?q=1#x|url|https://example.org/?q=1#x",
                "k:日本 😀|k|日本 😀"
            })
    void theFirstColonPartsNamespaceAndValue(String text, String namespace, String value) {
        Tag tag = Tag.parse(text);

        assertThat(tag).isEqualTo(new Tag(namespace, value)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "note",
                ":",
                ":x",
                "k:",
                "a b:x",
                "ä:x",
                "a/b:x",
                "a%:x",
                " k:x",
                "k\n:x",
                "k:\n",
                "k:a\u0000",
                "k:\u0085",
                "k:\u007F",
                "*:x"
            })
    void refusesWhatIsNoTag(String text) {
        assertThatExceptionOfType(InvalidEntityException.class)
                .isThrownBy(() -> Tag.parse(text))
                .satisfies(e -> assertThat(e.pointer()).isEqualTo("/tags"));
    }

    @Test
    void refusesUnpairedSurrogates() {
        List.of("\uD83D", "\uDE00", "x\uD83Dx")
                .forEach(
                        value ->
                                assertThatExceptionOfType(InvalidEntityException.class)
                                        .isThrownBy(() -> new Tag("k", value)));
    }

    @Test
    void aTagHasAtMost1024BytesWithItsColon() {
        assertThat(new Tag("k", "x".repeat(1022)).value()).hasSize(1022);
        assertThat(new Tag("n".repeat(1022), "x").namespace()).hasSize(1022);
        assertThat(new Tag("k", "日".repeat(340) + "xx").value()).hasSize(342);

        assertTooLong("k", "x".repeat(1023));
        assertTooLong("n".repeat(1023), "x");
        assertTooLong("k", "日".repeat(341));
        assertTooLong("k", "x".repeat(10_000_000));
        assertTooLong("n".repeat(10_000_000), "x");
    }

    @Test
    void ordersByNamespaceThenByBytesOfTheValue() {
        List<Tag> sorted =
                List.of(
                        new Tag("K", "b"),
                        new Tag("k", "a"),
                        new Tag("k", "a:"),
                        new Tag("k", "b"),
                        new Tag("k", "\uFFFF"),
                        new Tag("k", "😀"),
                        new Tag("k.", "a"));

        assertThat(sorted.reversed().stream().sorted()).containsExactlyElementsOf(sorted);
    }

    private static void assertTooLong(String namespace, String value) {
        assertThatExceptionOfType(InvalidEntityException.class)
                .isThrownBy(() -> new Tag(namespace, value))
                .withMessageContaining("1024");
    }
}
