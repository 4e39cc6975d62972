package io.entitydb.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Objects;

class EntityTagsTests {

    private static EntityTags parsed(String text) {
        return Objects.requireNonNull(EntityTags.parse(text), text);
    }

    @Test
    void listIsReadInAllItsSpellings() {
        EntityTags tags = parsed(" \"1\",W/\"2\" ,, \"a,b\"\t, \"\" ");

        assertThat(tags.strong()).containsExactlyInAnyOrder("1", "a,b", "");
        assertThat(tags.weak()).containsExactly("2");
        assertThat(tags.isAny()).isFalse();
    }

    @Test
    void starMatchesAnyVersion() {
        assertThat(parsed(" * ").matchesStrongly(7)).isTrue();
        assertThat(parsed("*").matchesWeakly(7)).isTrue();
    }

    @Test
    void weakTagsMatchWeaklyOnly() {
        EntityTags tags = parsed("W/\"7\", \"8\"");

        assertThat(tags.matchesStrongly(7)).isFalse();
        assertThat(tags.matchesWeakly(7)).isTrue();
        assertThat(tags.matchesStrongly(8)).isTrue();
        assertThat(tags.matchesWeakly(9)).isFalse();
    }

    @Test
    void otherSpellingsOfANumberAreOtherTags() {
        assertThat(parsed("\"07\", \"+7\", \" 7\"".replace("\" 7\"", "\"x7\"")).matchesWeakly(7))
                .isFalse();
        assertThat(EntityTags.of(7)).isEqualTo("\"7\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "3",
                "\"3",
                "3\"",
                "\"3\"\"4\"",
                "\"3\" \"4\"",
                "w/\"3\"",
                "W/3",
                "**",
                "*, \"3\"",
                "\"3\", *",
                "\"a b\"",
                "\"a\tb\""
            })
    void anythingElseIsRefused(String text) {
        assertThat(EntityTags.parse(text)).isNull();
    }
}
