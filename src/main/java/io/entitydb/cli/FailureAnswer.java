package io.entitydb.cli;

import io.entitydb.storage.error.StorageException;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** What is said when a command could not do its work, and with which exit code it ends. */
final class FailureAnswer implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(
            Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof StorageException known) {
            command.getErr().println(known.code() + ": " + known.getMessage());
            return ExitCode.NOT_OPENED;
        }
        failure.printStackTrace(command.getErr());
        return ExitCode.INTERNAL;
    }
}
