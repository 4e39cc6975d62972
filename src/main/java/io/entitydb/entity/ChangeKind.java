package io.entitydb.entity;

/** What a version did to its entity. */
public enum ChangeKind {
    /** Gave it tags and content, new or in place of the earlier ones. */
    PUT,
    /** Ended its life: the version has no tags and no content. */
    DELETE,
    /** Brought it back as it stood before its deletion. */
    RESTORE,
    /** Not known any more: what it did was erased. The version has no tags and no content. */
    ERASED
}
