package io.entitydb.storage.repair;

import io.entitydb.storage.log.FrameChain;

/** Counts what goes by. Serves one thread. */
final class LogTally {

    private long frames;
    private long transactions;
    private long versions;
    private long livingEntities;
    private long chunks;
    private long stubs;
    private long erased;
    private long losses;

    /** Whether damage hides some of the versions. */
    private boolean isLivingKnown = true;

    void frame() {
        frames++;
    }

    void transaction() {
        transactions++;
    }

    void version(int livingDelta, boolean isErased) {
        versions++;
        livingEntities += livingDelta;
        erased += isErased ? 1 : 0;
    }

    void erasure(int livingDelta) {
        livingEntities += livingDelta;
    }

    void chunk() {
        chunks++;
    }

    void stub() {
        stubs++;
    }

    void loss() {
        losses++;
    }

    void livingIsHidden() {
        isLivingKnown = false;
    }

    /** Living entities; −1 if damage hides the number. */
    long livingEntities() {
        return isLivingKnown ? livingEntities : -1;
    }

    LogFigures figures(FrameChain chain) {
        return LogFigures.builder()
                .frames(frames)
                .transactions(transactions)
                .versions(versions)
                .livingEntities(livingEntities)
                .chunks(chunks)
                .stubs(stubs)
                .erased(erased)
                .losses(losses)
                .lastSequence(chain.sequence())
                .lastDigest(chain.digest())
                .build();
    }
}
