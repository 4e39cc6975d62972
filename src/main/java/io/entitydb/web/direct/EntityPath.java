package io.entitydb.web.direct;

import io.entitydb.web.http.ApiPaths;

import org.jspecify.annotations.Nullable;

/**
 * The path of a dataset's entities or of one of them, in characters that stand for themselves.
 *
 * @param dataset the dataset
 * @param id the entity; null for all of them
 */
record EntityPath(String dataset, @Nullable String id) {

    private static final String PREFIX = ApiPaths.DATASETS + "/";
    private static final String ENTITIES = "/entities";

    /** Reads a path; null if it is another one, or has to be decoded. */
    static @Nullable EntityPath of(String path) {
        if (!path.startsWith(PREFIX)) {
            return null;
        }
        int end = path.indexOf('/', PREFIX.length());
        if (end < 0 || !path.startsWith(ENTITIES, end) || !isPlain(path, PREFIX.length(), end)) {
            return null;
        }
        String dataset = path.substring(PREFIX.length(), end);
        int rest = end + ENTITIES.length();
        if (rest == path.length()) {
            return new EntityPath(dataset, null);
        }
        return path.charAt(rest) == '/' && isPlain(path, rest + 1, path.length())
                ? new EntityPath(dataset, path.substring(rest + 1))
                : null;
    }

    /** Whether a segment is of characters that mean nothing else, and is no step to elsewhere. */
    private static boolean isPlain(String path, int from, int to) {
        if (from >= to || path.charAt(from) == '.') {
            return false;
        }
        for (int i = from; i < to; i++) {
            char c = path.charAt(i);
            boolean isLetterOrDigit =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!isLetterOrDigit && c != '-' && c != '_' && c != '.' && c != '~') {
                return false;
            }
        }
        return true;
    }
}
