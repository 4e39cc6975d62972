package io.entitydb.settings;

import java.util.List;
import java.util.stream.Collectors;

/** There are settings that nothing knows. */
final class UnknownSettingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A setting that nothing knows.
     *
     * @param name as it was given
     * @param source where it was given
     * @param nearest the name that is probably meant; empty if none is near
     */
    record Unknown(String name, String source, String nearest) {

        private String text() {
            return name
                    + " ("
                    + source
                    + ")"
                    + (nearest.isEmpty() ? "" : "; did you mean " + nearest + "?");
        }
    }

    UnknownSettingException(List<Unknown> unknown) {
        super(
                unknown.stream()
                        .map(Unknown::text)
                        .collect(Collectors.joining("\n    ", "there is no setting\n    ", "")));
    }
}
