package io.entitydb.entity;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/**
 * The name of an entity: an id within a dataset.
 *
 * <p><b>Shape:</b> dataset {@code [a-z0-9][a-z0-9_-]{0,62}}; id 1–255 bytes of UTF-8, any text
 * without control characters and unpaired surrogates, compared byte by byte. The ids {@code .} and
 * {@code ..} are refused because no URL can carry them.
 *
 * @param dataset the dataset's name
 * @param id the id, unique within the dataset
 */
public record EntityKey(String dataset, String id) implements Comparable<EntityKey> {

    /** Longest id in bytes of UTF-8: its length fits one byte of a record. */
    public static final int MAX_ID_BYTES = 255;

    private static final int MAX_DATASET_CHARACTERS = 63;

    /** Refuses names that do not have the shape. */
    public EntityKey {
        requireDataset(dataset);
        String problem = problemOf(id);
        if (problem != null) {
            throw new InvalidEntityException("/id", problem);
        }
    }

    /**
     * Checks the name of a dataset.
     *
     * @throws InvalidEntityException if it does not have the shape
     */
    public static String requireDataset(String name) {
        if (!isDataset(name)) {
            throw new InvalidEntityException(
                    "/dataset",
                    "a dataset's name is 1 to 63 of a-z, 0-9, '_' and '-', not starting with '_' or"
                            + " '-'");
        }
        return name;
    }

    /** By hand: this runs with every entity that is read. */
    private static boolean isDataset(String name) {
        if (name.isEmpty() || name.length() > MAX_DATASET_CHARACTERS) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean mayStart = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (!mayStart && (i == 0 || (c != '_' && c != '-'))) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String problemOf(String id) {
        if (id.isEmpty()) {
            return "an id has at least one character";
        }
        if (id.equals(".") || id.equals("..")) {
            return "an id is neither '.' nor '..'";
        }
        if (!Text.isClean(id)) {
            return "an id has no control characters and no unpaired surrogates";
        }
        if (id.length() > MAX_ID_BYTES
                || id.getBytes(StandardCharsets.UTF_8).length > MAX_ID_BYTES) {
            return "an id has at most " + MAX_ID_BYTES + " bytes of UTF-8";
        }
        return null;
    }

    @Override
    public int compareTo(EntityKey other) {
        int byDataset = dataset.compareTo(other.dataset);
        return byDataset != 0 ? byDataset : Text.compare(id, other.id);
    }

    @Override
    public String toString() {
        return dataset + "/" + id;
    }
}
