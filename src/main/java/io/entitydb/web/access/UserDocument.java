package io.entitydb.web.access;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.entitydb.entity.Tag;
import io.entitydb.security.Account;
import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A user as answers show it.
 *
 * @param name its name
 * @param uuid identifies it
 * @param displayName how people call it
 * @param state whether it may do anything
 * @param hasPassword whether it can log in with a password
 * @param tags its roles and permissions, and what else was put there
 * @param version number of the version
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "User")
record UserDocument(
        @Schema(example = "ada") String name,
        @Schema(example = "7d9f2a34-5c1e-4b8a-9a51-0f3c7e6b2d18") String uuid,
        @Schema(example = "Ada Lovelace") @Nullable String displayName,
        @Schema(
                        example = "active",
                        allowableValues = {"active", "disabled"})
                String state,
        boolean hasPassword,
        List<String> tags,
        @Schema(example = "1") long version) {

    static final String ACTIVE = "active";
    static final String DISABLED = "disabled";

    static UserDocument of(Account account) {
        return new UserDocument(
                account.name(),
                account.uuid().toString(),
                account.displayName(),
                account.isEnabled() ? ACTIVE : DISABLED,
                account.passwordHash() != null,
                account.tags().stream().map(Tag::toString).toList(),
                account.version());
    }
}
