package io.entitydb.entity;

/** Tells how often somebody was kept from something, since the service was started. */
public interface AccessMonitor {

    /** The figures at this moment. */
    Figures figures();

    /**
     * Figures that only grow.
     *
     * @param principals requests refused because a user made too many
     * @param addresses requests refused because an address made too many
     * @param strangers of them, requests without a valid token
     * @param logins logins that had to wait because too many had failed
     * @param keptEvents refusals and the like that the audit trail keeps one by one
     * @param omittedEvents such that it only counts
     */
    record Figures(
            long principals,
            long addresses,
            long strangers,
            long logins,
            long keptEvents,
            long omittedEvents) {}
}
