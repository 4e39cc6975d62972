package io.entitydb.security;

import lombok.extern.slf4j.Slf4j;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

import java.util.Set;

/** A service that asks nobody who they are serves its own machine only, and says so. */
@Slf4j
public final class OpenDoor {

    private static final Set<String> LOOPBACK_NAMES =
            Set.of(
                    "localhost",
                    "127.0.0.1",
                    "[::1]",
                    "::1",
                    "[0:0:0:0:0:0:0:1]",
                    "0:0:0:0:0:0:0:1");

    /**
     * Lets nobody from elsewhere in.
     *
     * @throws InvalidConfigurationPropertyValueException if others could connect
     */
    OpenDoor(Environment environment) {
        requireLoopback("server.address", environment);
        if (environment.getProperty("management.server.port") != null) {
            requireLoopback("management.server.address", environment);
        }
        log.warn(
                "\n\n    Authentication is OFF (entitydb.security.enabled=false): everybody on this"
                        + " machine may do everything.\n    This is for development only.\n");
    }

    private static void requireLoopback(String property, Environment environment) {
        String address = environment.getProperty(property);
        if (!isLoopback(address)) {
            throw new InvalidConfigurationPropertyValueException(
                    SecurityProperties.PREFIX + ".enabled",
                    false,
                    "is refused because others could connect: "
                            + property
                            + " must be localhost, 127.0.0.1 or ::1, and it is "
                            + (address == null ? "not set, which means every address" : address));
        }
    }

    /**
     * Whether a request that names this host is meant for this machine. A page of another one that
     * lets its own name point here does not get in.
     */
    public static boolean isLoopbackName(String host) {
        return LOOPBACK_NAMES.contains(host);
    }

    private static boolean isLoopback(@Nullable String address) {
        // A name other than these may mean another address when the server looks it up.
        return address != null && LOOPBACK_NAMES.contains(address);
    }
}
