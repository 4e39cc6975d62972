package io.entitydb.storage.io;

/** Is told of each counted call before it is made; may take crash states of the disk. */
@FunctionalInterface
public interface CallListener {

    /**
     * A call is about to be made. Runs on the caller's thread and holds up every other.
     *
     * @param call what is called
     * @param number its number among the counted calls of the disk; the first is 1
     */
    void beforeCall(DiskCall call, long number);
}
