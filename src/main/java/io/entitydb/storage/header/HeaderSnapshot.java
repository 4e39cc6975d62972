package io.entitydb.storage.header;

/**
 * What {@link HeaderSync} held at one moment.
 *
 * @param header the header published last
 * @param walSequence the transaction numbered last
 * @param entityCount living entities
 */
public record HeaderSnapshot(Header header, long walSequence, long entityCount) {

    /**
     * Refuses counters that no header can have.
     *
     * @throws HeaderRuleException naming the broken rule
     */
    public HeaderSnapshot {
        if (walSequence < header.walSequence()) {
            throw new HeaderRuleException(
                    "counter-not-behind-header",
                    "counter is %d, walSequence %d".formatted(walSequence, header.walSequence()));
        }
        if (entityCount < 0) {
            throw new HeaderRuleException(
                    "entity-count-not-negative", "entityCount is " + entityCount);
        }
    }
}
