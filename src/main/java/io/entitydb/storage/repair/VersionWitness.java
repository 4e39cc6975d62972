package io.entitydb.storage.repair;

import io.entitydb.entity.Digest;

import org.jspecify.annotations.Nullable;

/**
 * Watches a log go by and compares it with something that was derived from it. Is told of intact
 * versions and transactions in the order of the log. Serves one thread.
 */
public interface VersionWitness {

    /**
     * Takes one version.
     *
     * @param previous the version before it; null if the log holds none, or not an intact one
     */
    void version(WitnessedVersion version, @Nullable WitnessedVersion previous);

    /** Takes one transaction, after its versions. */
    void transaction(long sequence, Digest digest);

    /**
     * The log is at its end.
     *
     * @param isWhole whether everything in the log was intact, so that nothing was kept back
     * @param findings where to put what was found
     */
    void end(boolean isWhole, Findings findings);
}
