package io.entitydb.storage.repair;

/** Is told how far long work is. */
@FunctionalInterface
public interface Progress {

    /**
     * Takes note.
     *
     * @param activity what is being done, for people
     * @param done bytes done
     * @param total bytes to do in all
     */
    void at(String activity, long done, long total);
}
