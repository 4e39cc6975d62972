package io.entitydb.storage.repair;

import io.entitydb.entity.Digest;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.storage.header.Header;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Watches a log go by and compares it with something that was derived from it. Is told of intact
 * versions and transactions in the order of the log, between {@link #begin} and {@link #end}.
 * Serves one thread.
 */
public interface VersionWitness extends AutoCloseable {

    /** Compares nothing. */
    VersionWitness NONE =
            new VersionWitness() {

                @Override
                public void begin(Header header, Findings findings) {}

                @Override
                public void version(Entity version, @Nullable Entity previous) {}

                @Override
                public void transaction(long sequence, Digest digest) {}

                @Override
                public void erased(EntityKey key) {}

                @Override
                public void hidden(EntityKey key) {}

                @Override
                public void end(Ending ending) {}

                @Override
                public void close() {}
            };

    /**
     * The log is going to go by. Is not called where no header is valid.
     *
     * @param header the newest header
     * @param findings where to put what is found already
     */
    void begin(Header header, Findings findings);

    /**
     * Takes one version.
     *
     * @param previous the newest version before it that the log holds; null if it holds none, or
     *     none that is intact
     */
    void version(Entity version, @Nullable Entity previous);

    /** Takes one transaction, after its versions; also the last one of an accepted loss. */
    void transaction(long sequence, Digest digest);

    /** All versions of an entity up to the present place in the log are erased. */
    void erased(EntityKey key);

    /** Nothing can be said of an entity: a version is not intact, or an erasure is under way. */
    void hidden(EntityKey key);

    /** The log is at its end. */
    void end(Ending ending);

    /** Frees what {@link #begin} has opened, if it was called. */
    @Override
    void close();

    /**
     * What is known at the end of a log.
     *
     * @param isWhole whether everything in the log was intact, so that nothing was kept back
     * @param versions the versions once more
     * @param findings where to put what was found
     * @param skipped where to say what was not compared, and why
     */
    record Ending(boolean isWhole, Versions versions, Findings findings, List<String> skipped) {}

    /** Gives the versions of a log. */
    @FunctionalInterface
    interface Versions {

        /** Gives each intact version, in the order of the log, as {@link #version} was given it. */
        void forEach(Visitor visitor);
    }

    /** Takes versions. */
    @FunctionalInterface
    interface Visitor {

        /** Takes one, as {@link VersionWitness#version} does. */
        void version(Entity version, @Nullable Entity previous);
    }
}
