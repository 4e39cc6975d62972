package io.entitydb.tidy;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells code, literals and comments apart, keeping every character at its place. */
final class JavaText {

    /** Literals are tokens too, so that comment marks inside them are passed over. */
    private static final Pattern TOKEN =
            Pattern.compile(
                    "\"\"\".*?(?<!\\\\)\"\"\""
                            + "|\"[^\"\\\\\n]*+(?:\\\\.[^\"\\\\\n]*+)*+\""
                            + "|'(?:[^'\\\\\n]|\\\\[^\n]{1,5}?)'"
                            + "|(?<comment>//[^\n]*+|/\\*.*?\\*/)",
                    Pattern.DOTALL);

    private static final Pattern VISIBLE = Pattern.compile("\\S");

    private JavaText() {}

    /** The source with blanks in place of comments and literals. */
    static String code(String source) {
        return TOKEN.matcher(source).replaceAll(token -> Matcher.quoteReplacement(blank(token)));
    }

    /** The source with blanks in place of all that is not a comment. */
    static String comments(String source) {
        StringBuilder comments = new StringBuilder(VISIBLE.matcher(source).replaceAll(" "));
        TOKEN.matcher(source)
                .results()
                .filter(token -> token.group("comment") != null)
                .forEach(token -> comments.replace(token.start(), token.end(), token.group()));
        return comments.toString();
    }

    private static String blank(MatchResult token) {
        return VISIBLE.matcher(token.group()).replaceAll(" ");
    }
}
