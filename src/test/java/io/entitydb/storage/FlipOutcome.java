package io.entitydb.storage;

import java.util.Locale;

/** What became of a damaged store that was opened and read completely. */
enum FlipOutcome {
    /** Nothing differs and nothing notices: no reader looks at these bytes. */
    HARMLESS,
    /** Nothing differs, because no read needed these bytes; a scan of the log notices them. */
    LATENT,
    /** Opening was refused by a typed error. */
    REFUSED,
    /**
     * Nothing differs, and what was damaged was noticed and done without: an index image, one of
     * two header slots, bytes behind the end of the log.
     */
    REBUILT,
    /** Some reads were refused as damaged, all others answered as before. */
    QUARANTINED;

    /** Name in lower case, as the report has it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
