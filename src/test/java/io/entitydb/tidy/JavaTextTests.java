package io.entitydb.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JavaTextTests {

    private static final String SOURCE =
            """
            a("// \\" no", '"', '\\'', '\\u0041'); // one "x"
            /* two
             * more */ b(\"""
              /* no \\\""" "quoted"
              \"""); /** three */
            """;

    @Test
    void codeHoldsNeitherCommentsNorLiterals() {
        assertThat(JavaText.code(SOURCE).replaceAll("\\s+", "")).isEqualTo("a(,,,);b();");
    }

    @Test
    void commentsHoldNothingElse() {
        assertThat(JavaText.comments(SOURCE).strip().replaceAll("\\s+", " "))
                .isEqualTo("// one \"x\" /* two * more */ /** three */");
    }

    @Test
    void everyCharacterStaysAtItsPlace() {
        assertThat(JavaText.code(SOURCE)).hasSameSizeAs(SOURCE).hasLineCount(5);
        assertThat(JavaText.comments(SOURCE)).hasSameSizeAs(SOURCE).hasLineCount(5);
        assertThat(JavaText.comments(SOURCE).indexOf("/* two")).isEqualTo(SOURCE.indexOf("/* two"));
    }

    @Test
    void longLiteralsAndCommentsAreRead() {
        String filler = "x\\n ".repeat(50_000);

        assertThat(
                        JavaText.code(
                                "\"" + filler + "\"a/*" + filler + "*/b\"\"\"" + filler + "\"\"\""))
                .matches("\\s*a\\s*b\\s*");
    }
}
