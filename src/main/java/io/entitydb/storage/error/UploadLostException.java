package io.entitydb.storage.error;

/** What was received of a content cannot be used any more; nothing of it was ever visible. */
public final class UploadLostException extends StorageException {

    private static final long serialVersionUID = 1L;

    /**
     * What was found.
     *
     * @param reason why it cannot be used
     */
    public UploadLostException(String reason) {
        super("upload-lost", "the content has to be sent again: " + reason);
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
