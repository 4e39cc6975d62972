package io.entitydb.storage;

/** What commits give way to for a moment, so that it is not starved by them. */
@FunctionalInterface
public interface Precedence {

    /** Nothing has precedence. */
    Precedence NONE = () -> {};

    /**
     * Returns when the next batch of commits may begin: at once where there is nothing to wait for,
     * soon where there is. Asked before each batch, so all commits wait for it, by the thread that
     * writes, which what it throws would end.
     */
    void await();
}
