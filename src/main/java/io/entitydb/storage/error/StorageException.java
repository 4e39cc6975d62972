package io.entitydb.storage.error;

/** What goes wrong in the engine. The message says what, where and with which numbers. */
public abstract sealed class StorageException extends RuntimeException
        permits BackupException,
                CorruptDataException,
                DamagedEntityException,
                OutcomeUnknownException,
                RecoveryFailedException,
                StorageBusyException,
                StorageClosedException,
                StorageFullException,
                StorageIoException,
                StorageLockedException,
                StorageReadOnlyException,
                UnsupportedFormatException,
                UploadLostException {

    private static final long serialVersionUID = 1L;

    private final String code;

    StorageException(String code, String message) {
        super(message);
        this.code = code;
    }

    StorageException(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** A stable name in kebab-case. */
    public String code() {
        return code;
    }

    /** Whether the same request may succeed when it is made again, without an operator's help. */
    public boolean isRetryable() {
        return false;
    }
}
