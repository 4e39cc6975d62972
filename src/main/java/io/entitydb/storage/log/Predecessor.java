package io.entitydb.storage.log;

/** What is known of the version before a damaged one. */
sealed interface Predecessor {

    /**
     * An earlier version of the entity.
     *
     * @param position its record
     * @param isImmediate whether no other version lies between the two
     */
    record Found(long position, boolean isImmediate) implements Predecessor {}

    /** The damaged version is the first of its entity. */
    record None() implements Predecessor {}

    /**
     * It was not found.
     *
     * @param reason why
     */
    record Unknown(String reason) implements Predecessor {}
}
