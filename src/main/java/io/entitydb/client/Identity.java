package io.entitydb.client;

import java.util.List;

/**
 * Who a client is.
 *
 * @param name as history names it
 * @param method how it showed who it is: {@code token}, {@code key}, {@code oidc} or {@code none}
 * @param permissions all that it may do, as tags
 */
public record Identity(String name, String method, List<String> permissions) {}
