package io.entitydb.search;

/**
 * The life of the index: {@code WAITING → CATCHING_UP → READY}, and from any of them the others.
 */
public sealed interface SearchState {

    /** The store cannot be read. */
    record Waiting() implements SearchState {}

    /**
     * What the store held when the index was opened is being added.
     *
     * @param target transaction at which the index is ready
     */
    record CatchingUp(long target) implements SearchState {}

    /** The index follows the store. */
    record Ready() implements SearchState {}

    /**
     * The index could not be opened or gone on with; another attempt follows.
     *
     * @param detail what was found
     */
    record Failed(String detail) implements SearchState {}

    /** Name in lower case with underscores, for metrics and documents. */
    default String label() {
        return switch (this) {
            case Waiting w -> "waiting";
            case CatchingUp c -> "catching_up";
            case Ready r -> "ready";
            case Failed f -> "failed";
        };
    }
}
