package io.entitydb.tidy;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A text file of the project.
 *
 * @param name path within the project, with slashes
 * @param text its content
 */
public record ProjectFile(String name, String text) {

    /** Whether this is Java source. */
    public boolean isJava() {
        return name.endsWith(".java");
    }

    /** Whether this is Java source of the tests. */
    public boolean isTest() {
        return isJava() && name.startsWith("src/test/");
    }

    /** The same Java file with blanks in place of its comments and literals. */
    ProjectFile code() {
        return new ProjectFile(name, JavaText.code(text));
    }

    /** The same Java file with blanks in place of all that is not a comment. */
    ProjectFile comments() {
        return new ProjectFile(name, JavaText.comments(text));
    }

    /** A finding for every match of a pattern. */
    Stream<Finding> findings(Pattern pattern, String message) {
        return pattern.matcher(text)
                .results()
                .map(match -> new Finding(name, lineAt(match.start()), message));
    }

    private long lineAt(int index) {
        return 1 + text.substring(0, index).chars().filter(character -> character == '\n').count();
    }
}
