package io.entitydb.security;

import java.util.Locale;

/**
 * Something that a principal may be permitted to do: an action on a kind of resource. Permissions
 * name rights as {@code resource:action}.
 */
public enum Right {
    /** Read entities: their past, lists, facets, changes and exports as well. */
    ENTITY_VIEW(true, "Read entities, their history, lists, counts, changes and exports"),
    /** Make entities. */
    ENTITY_CREATE(true, "Make entities"),
    /** Change entities, restore and revert them. */
    ENTITY_UPDATE(true, "Change, restore and revert entities"),
    /** Delete entities. */
    ENTITY_DELETE(true, "Delete entities; their history stays"),
    /** Destroy all that an entity ever was. */
    ENTITY_ERASE(true, "Erase entities with all of their history"),
    /** Make datasets. */
    DATASET_CREATE(true, "Make the dataset"),
    /** Say how much history a dataset keeps. */
    DATASET_UPDATE(true, "Set the retention rule of the dataset"),
    /** Delete datasets. */
    DATASET_DELETE(true, "Delete the dataset when it is empty"),
    /** See the figures of the store, its operations, and management endpoints. */
    STORE_VIEW(false, "See the store, its operations and the management endpoints"),
    /** Checkpoints, compactions, verifications. */
    STORE_MAINTAIN(false, "Begin checkpoints, compactions and verifications"),
    /** Backups: copies of everything. */
    STORE_BACKUP(false, "Make and fetch backups, which hold everything"),
    /** See users and roles. */
    USER_VIEW(false, "See users, roles and API keys"),
    /** Make, change and remove users and roles. */
    USER_MANAGE(
            false, "Make, change and remove users, roles and API keys, within one's own rights"),
    /** Read the audit trail. */
    AUDIT_VIEW(false, "Read the audit trail");

    private final boolean isOfDataset;
    private final String meaning;
    private final String resource = part(0);
    private final String action = part(1);

    Right(boolean isOfDataset, String meaning) {
        this.isOfDataset = isOfDataset;
        this.meaning = meaning;
    }

    /** The kind of resource, as permissions name it. */
    public String resource() {
        return resource;
    }

    /** The action, as permissions name it. */
    public String action() {
        return action;
    }

    /** Whether it can be given for a single dataset. */
    public boolean isOfDataset() {
        return isOfDataset;
    }

    /** What it permits, for people. */
    public String meaning() {
        return meaning;
    }

    /** The right as permissions name it. */
    @Override
    public String toString() {
        return resource() + ":" + action();
    }

    private String part(int index) {
        return name().toLowerCase(Locale.ROOT).split("_", -1)[index];
    }
}
