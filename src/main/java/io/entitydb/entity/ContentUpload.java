package io.entitydb.entity;

/**
 * A content on its way into the store, piece by piece, for one entity. Nothing of it is visible
 * before a transaction has saved what {@link #finish} gives, and if that never happens, nothing
 * ever is.
 *
 * <p>Memory: one piece, whatever the length. Confined to one thread at a time; {@link #close} is
 * called when the transaction has ended, or when there will be none.
 *
 * <p><b>Errors:</b> after an exception the upload is over, and every further call throws the same.
 * {@link VersionConflictException} if the entity is being erased, or was since the upload began;
 * {@link InvalidEntityException} if the content is longer than {@value #MAX_BYTES} bytes; besides
 * those of the store, none of which leaves anything visible.
 */
public interface ContentUpload extends AutoCloseable {

    /** Longest content, in bytes: 4 GiB. */
    long MAX_BYTES = 4L << 30;

    /**
     * Takes the next bytes; returns when they may be used again.
     *
     * @param from index of the first
     * @param count how many
     */
    void write(byte[] bytes, int from, int count);

    /** Bytes taken so far. */
    long length();

    /**
     * Ends the content: nothing can be added to it.
     *
     * @return the whole content, which can be saved under the entity's key until {@link #close}
     */
    Content finish(String mediaType);

    /** Gives up what was not saved. */
    @Override
    void close();
}
