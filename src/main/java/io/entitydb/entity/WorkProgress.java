package io.entitydb.entity;

/** Is told how far a long piece of work is. */
@FunctionalInterface
public interface WorkProgress {

    /**
     * Takes note.
     *
     * @param activity what is being done, for people
     * @param done bytes done
     * @param total bytes to do in all
     */
    void at(String activity, long done, long total);
}
