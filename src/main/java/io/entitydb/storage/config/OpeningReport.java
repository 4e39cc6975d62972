package io.entitydb.storage.config;

import io.entitydb.storage.StoreState;
import io.entitydb.storage.error.BackupException;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.DamagedEntityException;
import io.entitydb.storage.error.OutcomeUnknownException;
import io.entitydb.storage.error.RecoveryFailedException;
import io.entitydb.storage.error.StorageBusyException;
import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.error.StorageFullException;
import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.error.StorageLockedException;
import io.entitydb.storage.error.StorageReadOnlyException;
import io.entitydb.storage.error.UnsupportedFormatException;
import io.entitydb.storage.error.UploadLostException;

/**
 * What an operator is told when the store does not open as it should.
 *
 * @param found what was found
 * @param action what to do about it
 */
record OpeningReport(String found, String action) {

    private static final String RESTART = " Then start the service again.";

    /**
     * Words for a store that could not be opened. In every case no file was changed.
     *
     * @param failure why
     * @param directory the data directory
     */
    static OpeningReport of(StorageException failure, String directory) {
        String action =
                switch (failure) {
                    case StorageLockedException locked ->
                            "Stop the other process, or give this one a data directory of its own"
                                    + " with entitydb.storage.directory.";
                    case UnsupportedFormatException foreign ->
                            "If "
                                    + foreign.file()
                                    + " was written by a newer EntityDB, run that version. If it is"
                                    + " no EntityDB store, move it away, or point"
                                    + " entitydb.storage.directory to another directory. If it is a"
                                    + " store that was cut short or overwritten, restore a backup.";
                    case StorageFullException full ->
                            "Free space on the device, or raise its quota or"
                                    + " entitydb.storage.max-file-size.";
                    case StorageIoException io ->
                            "Check that the directory is on a device that works, and that the user"
                                    + " who runs the service may read and write it. To only read an"
                                    + " existing store, set entitydb.storage.read-only=true.";
                    case CorruptDataException damaged ->
                            "Keep a copy of the directory as it is, check the device, and restore a"
                                    + " backup.";
                    case DamagedEntityException entity ->
                            "Keep a copy of the directory as it is, check the device, and restore a"
                                    + " backup.";
                    case RecoveryFailedException failed ->
                            "Keep a copy of the directory as it is, check the device, and restore a"
                                    + " backup.";
                    case StorageReadOnlyException readOnly ->
                            "Make the directory writable for the user who runs the service, or set"
                                    + " entitydb.storage.read-only=true to read an existing"
                                    + " store.";
                    case StorageClosedException closed -> "None: the service is being stopped.";
                    case StorageBusyException busy -> "Raise entitydb.storage.queue-capacity.";
                    case BackupException backup -> "Make the backup once the store is open.";
                    case OutcomeUnknownException unknown -> "Check the device.";
                    case UploadLostException lost -> "Check the device.";
                };
        return new OpeningReport(
                failure.getMessage() + " (data directory " + directory + ")", action + RESTART);
    }

    /**
     * Words for a store that could be opened, but takes no writes.
     *
     * @param state why
     * @param directory the data directory
     */
    static OpeningReport of(StoreState.ReadOnly state, String directory) {
        String action =
                switch (state.reason()) {
                    case MAINTENANCE ->
                            "To write, set entitydb.storage.read-only=false and make the directory"
                                    + " writable for the user who runs the service."
                                    + RESTART;
                    case NO_SPACE ->
                            "Free space on the device, or raise its quota or"
                                    + " entitydb.storage.max-file-size. Writing resumes by itself.";
                    case FORCE_FAILED -> "Check the device." + RESTART;
                    case CORRUPTION ->
                            "Keep a copy of the directory as it is, check the device, and restore a"
                                    + " backup. Until then the state before the damage can be"
                                    + " read.";
                };
        return new OpeningReport(
                state.reason().label()
                        + ": "
                        + state.detail()
                        + " (data directory "
                        + directory
                        + ")",
                action);
    }
}
