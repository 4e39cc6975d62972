package io.entitydb.query;

import io.entitydb.entity.InvalidQueryException;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads what somebody looks for in contents.
 *
 * <p><b>Shape:</b> words and {@code "phrases"}, parted by white space, all of them required; {@code
 * -} before one excludes it, {@code *} at the end of a word takes all words that begin like this.
 * At most {@value #MAX_CHARACTERS} characters and {@value #MAX_PARTS} words and phrases.
 */
final class TextQuery {

    /** Longest text. */
    static final int MAX_CHARACTERS = 1000;

    /** Most words and phrases. */
    static final int MAX_PARTS = 32;

    private final String name;
    private final String text;
    private final List<Condition> parts = new ArrayList<>();
    private int at;

    private TextQuery(String name, String text) {
        this.name = name;
        this.text = text;
    }

    /**
     * The condition that a text says.
     *
     * @param name what the text was given as
     * @throws InvalidQueryException if it says none
     */
    static Condition parse(String name, String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw new InvalidQueryException(
                    name, "a text to look for has at most " + MAX_CHARACTERS + " characters");
        }
        return new TextQuery(name, text).condition();
    }

    private Condition condition() {
        skipSpace();
        while (at < text.length()) {
            parts.add(part());
            skipSpace();
        }
        if (parts.isEmpty()) {
            throw refusal("there is no word to look for");
        }
        if (parts.size() > MAX_PARTS) {
            throw refusal("at most " + MAX_PARTS + " words and phrases can be looked for");
        }
        return parts.size() == 1 ? parts.getFirst() : new Condition.All(parts);
    }

    private Condition part() {
        boolean isExcluded = text.charAt(at) == '-';
        if (isExcluded) {
            at++;
        }
        boolean isPhrase = at < text.length() && text.charAt(at) == '"';
        Condition part = isPhrase ? phrase() : word();
        return isExcluded ? new Condition.Not(part) : part;
    }

    private Condition phrase() {
        int end = text.indexOf('"', at + 1);
        if (end < 0) {
            throw refusal("a phrase ends with a quotation mark, as it begins");
        }
        String words = text.substring(at + 1, end);
        at = end + 1;
        if (at < text.length() && !isSpace(at)) {
            throw refusal("after a phrase comes white space");
        }
        return words(words, false);
    }

    private Condition word() {
        int from = at;
        while (at < text.length() && !isSpace(at)) {
            at++;
        }
        String word = text.substring(from, at);
        if (word.indexOf('"') >= 0) {
            throw refusal("a phrase stands apart from the words around it");
        }
        int star = word.indexOf('*');
        if (star < 0) {
            return words(word, false);
        }
        String beginning = word.substring(0, word.length() - 1);
        if (star < beginning.length() || !isOneWord(beginning)) {
            throw refusal("a * stands at the end of a word of letters and digits");
        }
        return words(beginning, true);
    }

    private Condition words(String words, boolean isBeginning) {
        if (words.codePoints().noneMatch(TextQuery::belongsToWord)) {
            throw refusal("'" + words + "' has neither letter nor digit");
        }
        return new Condition.HasText(words, isBeginning);
    }

    private static boolean isOneWord(String word) {
        return !word.isEmpty() && word.codePoints().allMatch(TextQuery::belongsToWord);
    }

    private static boolean belongsToWord(int character) {
        return Character.isLetterOrDigit(character)
                || Character.getType(character) == Character.NON_SPACING_MARK
                || Character.getType(character) == Character.COMBINING_SPACING_MARK;
    }

    private void skipSpace() {
        while (at < text.length() && isSpace(at)) {
            at++;
        }
    }

    private boolean isSpace(int index) {
        return Character.isWhitespace(text.charAt(index));
    }

    private InvalidQueryException refusal(String rule) {
        return new InvalidQueryException(name, rule);
    }
}
