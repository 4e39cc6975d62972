package io.entitydb.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the audit trail tells of. */
public enum AuditAction {
    /** Somebody logged in, or tried to. */
    LOGIN,
    /** Somebody logged out. */
    LOGOUT,
    /** A refresh token was used a second time; its session was ended. */
    TOKEN_REUSE,
    /** A request was refused for lack of a permission. */
    REFUSAL,
    /** Refusals were too many to be kept one by one. */
    OMISSION,
    /** A user was made. */
    USER_CREATE,
    /** A user got other tags, another name, or was kept out or let in. */
    USER_CHANGE,
    /** A user was removed. */
    USER_DELETE,
    /** A password was changed. */
    PASSWORD_CHANGE,
    /** An API key was made. */
    KEY_CREATE,
    /** An API key was removed. */
    KEY_DELETE,
    /** A role was made or changed. */
    ROLE_CHANGE,
    /** A role was removed. */
    ROLE_DELETE,
    /** Tokens are signed with another key. */
    SIGNING_KEY_CHANGE,
    /** An entity was erased. */
    ERASE,
    /** A dataset was made, changed or deleted. */
    DATASET_CHANGE,
    /** Work on the store as a whole was begun. */
    MAINTENANCE;

    /** The action of a name that answers and queries use; empty if there is none. */
    public static Optional<AuditAction> of(String label) {
        return Arrays.stream(values()).filter(action -> action.label().equals(label)).findFirst();
    }

    /** As answers and queries name it, in kebab-case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
