package io.entitydb.web.http;

import io.entitydb.entity.InvalidQueryException;

import org.jspecify.annotations.Nullable;

/** Parameters that are true or false. */
public final class Flags {

    private Flags() {}

    /**
     * The value of a parameter; false if it was left out.
     *
     * @throws InvalidQueryException if it is neither true nor false
     */
    public static boolean parse(String name, @Nullable String value) {
        if (value == null || value.equals("false")) {
            return false;
        }
        if (value.equals("true")) {
            return true;
        }
        throw new InvalidQueryException(name, name + " is true or false");
    }
}
