package io.entitydb.entity;

/** Tells in whose name the present thread writes. */
@FunctionalInterface
public interface PrincipalSource {

    /** Writes without a name, for stores that nobody has to log in to. */
    PrincipalSource ANONYMOUS = () -> "anonymous";

    /** The principal: 1–255 bytes of UTF-8 without control characters. */
    String current();
}
