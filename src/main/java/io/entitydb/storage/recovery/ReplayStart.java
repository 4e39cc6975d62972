package io.entitydb.storage.recovery;

import io.entitydb.storage.index.CoveredTransaction;
import io.entitydb.storage.index.EntityIndex;
import io.entitydb.storage.log.FrameChain;

/**
 * From where the log is replayed.
 *
 * @param index an index that covers everything before the border, and perhaps some after it
 * @param chain the border
 * @param entityCount living entities at the border
 * @param covered newest transaction of which the index may hold anything; the log must hold it
 */
record ReplayStart(
        EntityIndex index, FrameChain chain, long entityCount, CoveredTransaction covered) {}
