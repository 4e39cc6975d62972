package io.entitydb.cli;

import io.entitydb.search.SearchRebuild;
import io.entitydb.storage.OfflineStore;
import io.entitydb.storage.repair.Progress;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** Builds all that is derived from the log anew. */
@Command(
        name = "rebuild-indexes",
        description = {
            "Deletes the entity index and the search index of a store that no service has open, and"
                    + " builds both anew from the log, which stays as it is.",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Both indexes are built.",
            "2:The command line makes no sense; nothing was done.",
            "3:The store cannot be opened: missing, in use, damaged, of another format, or not"
                    + " writable.",
            "4:A fault of the program, or too little memory."
        })
final class RebuildIndexesCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIRECTORY", description = "Data directory; no service has it open.")
    private Path directory;

    @Mixin private OutputOptions output;
    @Spec private CommandSpec spec;

    /** What was built. */
    private record Built(long entities, long documents, long transactions) {}

    @Override
    public Integer call() {
        StoreArgument.directoryOf(directory, spec);
        Built built = output.withProgress(spec, this::rebuild);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("livingEntities", built.entities());
        document.put("documents", built.documents());
        document.put("transactions", built.transactions());
        output.report(
                spec,
                document,
                out ->
                        out.printf(
                                Locale.ROOT,
                                "rebuilt: %,d living entities, %,d versions in the search index, up to"
                                        + " transaction %,d%n",
                                built.entities(),
                                built.documents(),
                                built.transactions()));
        return ExitCode.SOUND;
    }

    private Built rebuild(Progress progress) {
        try (OfflineStore store = OfflineStore.writeWithoutIndex(directory)) {
            SearchRebuild.delete(directory);
            long documents = new SearchRebuild(store.engine(), directory).run(progress::at);
            return new Built(
                    store.engine().status().writer().entityCount(),
                    documents,
                    store.engine().status().durableSequence());
        }
    }
}
