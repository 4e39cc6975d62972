package io.entitydb.web.http;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.web.util.UriUtils;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The paths of the interface. An id is one segment, percent-encoded. */
public final class ApiPaths {

    /** Where all resources are. */
    public static final String ROOT = "/api/v1";

    /** The datasets. */
    public static final String DATASETS = ROOT + "/datasets";

    /** The entities of a dataset, as a template. */
    public static final String ENTITIES = DATASETS + "/{dataset}/entities";

    /** Transactions over several entities. */
    public static final String TRANSACTIONS = ROOT + "/transactions";

    /** The store as a whole. */
    public static final String STORE = ROOT + "/store";

    /** The operations. */
    public static final String OPERATIONS = ROOT + "/operations";

    /** The feed of changes. */
    public static final String CHANGES = ROOT + "/changes";

    /** Who somebody is. */
    public static final String AUTH = ROOT + "/auth";

    /** The users. */
    public static final String USERS = ROOT + "/users";

    /** The roles. */
    public static final String ROLES = ROOT + "/roles";

    /** The audit trail. */
    public static final String AUDIT = ROOT + "/audit";

    private static final Pattern CONTENT =
            Pattern.compile(Pattern.quote(DATASETS) + "/[^/]+/entities/[^/]+/content");

    private static final Pattern IMPORT =
            Pattern.compile(Pattern.quote(DATASETS) + "/[^/]+/entities:import");

    private ApiPaths() {}

    /** Whether a request carries a content as the bytes that it is. */
    static boolean isContent(HttpServletRequest request) {
        return request.getMethod().equals("PUT")
                && CONTENT.matcher(request.getRequestURI()).matches();
    }

    /** Whether a request carries lines that are worked on one by one. */
    static boolean isImport(HttpServletRequest request) {
        return request.getMethod().equals("POST")
                && IMPORT.matcher(request.getRequestURI()).matches();
    }

    /** The path of an operation. */
    public static URI operation(String id) {
        return URI.create(OPERATIONS + "/" + id);
    }

    /** The path of a dataset. */
    public static URI dataset(String name) {
        return URI.create(DATASETS + "/" + name);
    }

    /** The path of an entity. */
    public static URI entity(String dataset, String id) {
        return URI.create(entityText(dataset, id));
    }

    /** The path of an entity, as text. */
    public static String entityText(String dataset, String id) {
        String segment = isPlain(id) ? id : UriUtils.encode(id, StandardCharsets.UTF_8);
        return DATASETS + "/" + dataset + "/entities/" + segment;
    }

    /** Whether a text is its own encoding, as those of most ids are. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!isLetter && !(c >= '0' && c <= '9') && c != '-' && c != '_') {
                return false;
            }
        }
        return true;
    }
}
