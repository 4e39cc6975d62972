package io.entitydb.security;

import lombok.extern.slf4j.Slf4j;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A service that asks nobody who they are serves its own machine only, and says so. */
@Slf4j
final class OpenDoor {

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
                            + " must be 127.0.0.1 or ::1, and it is "
                            + (address == null ? "not set, which means every address" : address));
        }
    }

    private static boolean isLoopback(@Nullable String address) {
        try {
            return address != null && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
