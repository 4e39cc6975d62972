package io.entitydb.entity;

/** What text may be stored as a name. */
final class Text {

    private Text() {}

    /** Whether the text has no control characters and every surrogate has its pair. */
    static boolean isClean(String text) {
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            boolean unpaired =
                    codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
            if (unpaired || Character.isISOControl(codePoint)) {
                return false;
            }
            i += Character.charCount(codePoint);
        }
        return true;
    }

    /**
     * Orders text as its bytes of UTF-8 are ordered, unsigned. {@link String#compareTo} does not:
     * it puts a surrogate, which begins a code point above all others, before U+E000.
     */
    static int compare(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean isSupplementary = Character.isSurrogate(x);
                if (isSupplementary != Character.isSurrogate(y)) {
                    return isSupplementary ? 1 : -1;
                }
                return Character.compare(x, y);
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
