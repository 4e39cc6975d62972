package io.entitydb.client;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A user that is to be made.
 *
 * @param name its name
 * @param password null for one who cannot log in with a password
 * @param displayName how people call it; null if nothing is said
 * @param tags its roles and permissions
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UserRequest(
        String name, @Nullable String password, @Nullable String displayName, List<String> tags) {

    /** A user with roles and permissions. */
    public static UserRequest of(String name, @Nullable String password, String... tags) {
        return new UserRequest(name, password, null, List.of(tags));
    }

    /** Keeps the password out of logs. */
    @Override
    public String toString() {
        return "UserRequest[" + name + "]";
    }
}
