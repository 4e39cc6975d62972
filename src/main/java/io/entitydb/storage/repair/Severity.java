package io.entitydb.storage.repair;

/** How much a finding means. */
public enum Severity {
    /** Something that was stored is not what it should be. */
    DAMAGE,
    /** Worth knowing, and as it may be: what a crash leaves, or a loss that was accepted. */
    NOTICE
}
