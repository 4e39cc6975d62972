package io.entitydb.cli;

import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.error.StorageLockedException;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** What is said when a command could not do its work, and with which exit code it ends. */
final class FailureAnswer implements IExecutionExceptionHandler {

    private static final String WHEN_LOCKED =
            "What to do: stop the service that has the store open and run the command again."
                    + System.lineSeparator()
                    + "'verify' and 'salvage' also take a copy of entities.edb, whoever runs; what a"
                    + System.lineSeparator()
                    + "service has written last may look torn in it.";

    @Override
    public int handleExecutionException(
            Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof StorageException known) {
            command.getErr().println(known.code() + ": " + known.getMessage());
            if (known instanceof StorageLockedException) {
                command.getErr().println(WHEN_LOCKED);
            }
            return ExitCode.NOT_OPENED;
        }
        if (MemoryAnswer.isFor(failure)) {
            return MemoryAnswer.print(command.getErr());
        }
        failure.printStackTrace(command.getErr());
        return ExitCode.INTERNAL;
    }
}
