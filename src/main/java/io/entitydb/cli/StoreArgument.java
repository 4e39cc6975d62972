package io.entitydb.cli;

import io.entitydb.storage.repair.StorePlace;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

import java.nio.file.Files;
import java.nio.file.Path;

/** Turns what an operator names, a data directory or a file, into the place of a store. */
final class StoreArgument {

    private StoreArgument() {}

    /**
     * The place of a store that is going to be changed.
     *
     * @throws ParameterException if there is no directory of that name
     */
    static StorePlace directoryOf(Path path, CommandSpec spec) {
        if (!Files.isDirectory(path)) {
            throw new ParameterException(spec.commandLine(), path + " is no directory");
        }
        return StorePlace.ofDirectory(path);
    }

    /** The data directory of a store that was named by it, or by its data file. */
    static Path dataDirectoryOf(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        return Files.isDirectory(path) || parent == null ? path : parent;
    }

    /**
     * The place.
     *
     * @throws ParameterException if there is nothing of that name
     */
    static StorePlace placeOf(Path path, CommandSpec spec) {
        if (Files.isDirectory(path)) {
            return StorePlace.ofDirectory(path);
        }
        Path directory = path.toAbsolutePath().getParent();
        Path file = path.getFileName();
        if (!Files.isRegularFile(path) || directory == null || file == null) {
            throw new ParameterException(
                    spec.commandLine(), path + " is neither a directory nor a file");
        }
        return StorePlace.ofFile(directory, file.toString());
    }
}
