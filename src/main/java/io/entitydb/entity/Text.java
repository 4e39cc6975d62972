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
}
