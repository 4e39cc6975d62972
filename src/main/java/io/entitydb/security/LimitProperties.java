package io.entitydb.security;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * How often somebody may ask.
 *
 * @param principalRate Requests a second of one user, over all of its tokens and keys; twice as
 *     many at once. 1 to 1,000,000.
 * @param addressRate Requests a second of one address, whoever makes them; twice as many at once. 1
 *     to 1,000,000.
 * @param anonymousRate Requests a second of one address that show no valid token, logins among
 *     them; twice as many at once. 1 to 1,000,000.
 * @param loginAttempts Wrong passwords for one name from one address before the next attempt has to
 *     wait: a second, then twice as long each time, up to 15 minutes. 1 to 1,000.
 * @param failedLogins Wrong passwords a minute from one address, whatever the names; as many at
 *     once. 1 to 1,000,000.
 * @param auditedRefusals Refusals a minute that the audit trail keeps one by one, over all; as many
 *     at once. What is more is counted there. 1 to 6,000.
 */
@ConfigurationProperties(LimitProperties.PREFIX)
public record LimitProperties(
        @DefaultValue("10000") int principalRate,
        @DefaultValue("20000") int addressRate,
        @DefaultValue("200") int anonymousRate,
        @DefaultValue("5") int loginAttempts,
        @DefaultValue("60") int failedLogins,
        @DefaultValue("60") int auditedRefusals) {

    static final String PREFIX = SecurityProperties.PREFIX + ".limits";

    private static final int MOST = 1_000_000;
    private static final int MOST_ATTEMPTS = 1000;
    private static final int MOST_AUDITED = 6000;

    /** Refuses figures that make no sense, naming the property. */
    public LimitProperties {
        require("principal-rate", principalRate, MOST);
        require("address-rate", addressRate, MOST);
        require("anonymous-rate", anonymousRate, MOST);
        require("login-attempts", loginAttempts, MOST_ATTEMPTS);
        require("failed-logins", failedLogins, MOST);
        require("audited-refusals", auditedRefusals, MOST_AUDITED);
    }

    private static void require(String property, int value, int most) {
        if (value < 1 || value > most) {
            throw new InvalidConfigurationPropertyValueException(
                    PREFIX + "." + property,
                    value,
                    String.format(java.util.Locale.ROOT, "must be between 1 and %,d", most));
        }
    }
}
