package io.entitydb.security;

import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/** From where a request comes: the address of the connection, or what a trusted proxy says. */
public final class ClientAddress {

    /** Whoever has one address of such a network has all of them. */
    private static final int NETWORK_BYTES = 8;

    private ClientAddress() {}

    /** The address of the request that the present thread works on; null if it works on none. */
    public static @Nullable String current() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes now
                ? now.getRequest().getRemoteAddr()
                : null;
    }

    /** What requests of an address are counted under: itself, or its network of 64 bits. */
    static String network(@Nullable String address) {
        if (address == null || address.indexOf(':') < 0) {
            return String.valueOf(address);
        }
        int zone = address.indexOf('%');
        try {
            InetAddress parsed =
                    InetAddress.ofLiteral(zone < 0 ? address : address.substring(0, zone));
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(parsed.getAddress(), 0, NETWORK_BYTES) + "/64"
                    : parsed.getHostAddress();
        } catch (IllegalArgumentException e) {
            return address;
        }
    }
}
