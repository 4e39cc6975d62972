package io.entitydb.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.entitydb.entity.InvalidQueryException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Collections;
import java.util.List;
import java.util.Random;

class TextQueryTests {

    private static Condition parse(String text) {
        return QueryText.text("text", text);
    }

    private static Condition word(String words) {
        return new Condition.HasText(words, false);
    }

    @Test
    void readsWordsPhrasesBeginningsAndExclusions() {
        assertThat(parse("left")).isEqualTo(word("left"));
        assertThat(parse("  left\tpad ")).isEqualTo(all(word("left"), word("pad")));
        assertThat(parse("\"left  pad\" x")).isEqualTo(all(word("left  pad"), word("x")));
        assertThat(parse("pad*")).isEqualTo(new Condition.HasText("pad", true));
        assertThat(parse("-draft -\"not yet\" -un*"))
                .isEqualTo(
                        all(
                                new Condition.Not(word("draft")),
                                new Condition.Not(word("not yet")),
                                new Condition.Not(new Condition.HasText("un", true))));
        assertThat(parse("wi-fi a-b")).isEqualTo(all(word("wi-fi"), word("a-b")));
        assertThat(parse("\"a*b\"")).isEqualTo(word("a*b"));
        assertThat(parse("AND OR NOT")).isEqualTo(all(word("AND"), word("OR"), word("NOT")));
    }

    private static Condition all(Condition... parts) {
        return new Condition.All(List.of(parts));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "\"", "\"open", "a\"b", "\"a\"b", "\"a\"*", "*", "a*b", "a**", "*a",
                "wi-fi*", "-", "--", "- a", "&", "a && b", "\"\"", "\"!\"", "-\"", "()", "-*"
            })
    void refusesWhatMakesNoSense(String text) {
        assertRefused(text);
    }

    @Test
    void refusesTooMuch() {
        assertThat(parse("x".repeat(1000))).isNotNull();
        assertRefused("x".repeat(1001));
        assertThat(parse(String.join(" ", Collections.nCopies(32, "x")))).isNotNull();
        assertRefused(String.join(" ", Collections.nCopies(33, "x")));
    }

    /** Whatever somebody types is a query or is refused as one. */
    @Test
    void answersAnyText() {
        long seed = System.nanoTime();
        System.out.println("seed of texts to look for: " + seed);
        Random random = new Random(seed);
        String characters = "ab1 \"*-:()[]{}~^\\/+&|!? \u00e9\u0301\u6771\ud83d\ude00\ud800\0\n";
        int understood = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                text.append(characters.charAt(random.nextInt(characters.length())));
            }
            try {
                assertThat(parse(text.toString())).isNotNull();
                understood++;
            } catch (InvalidQueryException e) {
                assertThat(e.parameter()).isEqualTo("text");
            }
        }
        assertThat(understood).isBetween(1000, 19_000);
    }

    private static void assertRefused(String text) {
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> parse(text))
                .satisfies(e -> assertThat(e.parameter()).isEqualTo("text"));
    }
}
