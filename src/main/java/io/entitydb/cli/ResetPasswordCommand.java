package io.entitydb.cli;

import io.entitydb.entity.NotFoundException;
import io.entitydb.security.Accounts;
import io.entitydb.security.PasswordReset;
import io.entitydb.storage.OfflineStore;
import io.entitydb.transaction.TransactedEntities;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** Gives a user another password, for who cannot get in any more. */
@Command(
        name = "reset-password",
        description = {
            "Gives a user of a store that no service has open another password, lets it in if it was"
                    + " kept out, and ends its sessions. The password is asked for on the terminal,"
                    + " or is the first line of the standard input; it is never an argument, which"
                    + " others could see. The audit trail keeps it.",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The user has the new password.",
            "2:The command line makes no sense, there is no such user, or the password is none;"
                    + " nothing was done.",
            "3:The store cannot be opened: missing, in use, damaged, of another format, or not"
                    + " writable.",
            "4:A fault of the program, or too little memory."
        })
final class ResetPasswordCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "DIRECTORY",
            description = "Data directory; no service has it open.")
    private Path directory;

    @Parameters(index = "1", paramLabel = "NAME", description = "The user.")
    private String name;

    @Option(names = "--admin", description = "Give the user the role admin as well.")
    private boolean isAdmin;

    @Mixin private OutputOptions output;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        StoreArgument.directoryOf(directory, spec);
        try (OfflineStore store = OfflineStore.write(directory)) {
            TransactedEntities entities = TransactedEntities.of(store.engine(), Accounts.SYSTEM);
            PasswordReset reset = new PasswordReset(entities.repository(), entities.manager());
            reset.requireUser(name);
            reset.run(name, password(), isAdmin);
        } catch (NotFoundException e) {
            throw refused("there is no user " + name + " that can log in");
        } catch (IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("user", name);
        document.put("admin", isAdmin);
        output.report(
                spec,
                document,
                out ->
                        out.println(
                                "user " + name + " has the new password; its sessions have ended"));
        return ExitCode.SOUND;
    }

    @SuppressWarnings("SystemConsoleNull") // It is null where the terminal's module is missing.
    private String password() {
        Console console = System.console();
        String password = console != null && console.isTerminal() ? ofTerminal(console) : ofInput();
        if (password == null) {
            throw refused("a password is expected on the standard input");
        }
        return password;
    }

    private @Nullable String ofTerminal(Console console) {
        char[] first = console.readPassword("New password of %s: ", name);
        char[] second = console.readPassword("The same again: ");
        if (first == null || !Arrays.equals(first, second)) {
            throw refused("the two passwords are not the same");
        }
        return new String(first);
    }

    private static @Nullable String ofInput() {
        try {
            return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                    .readLine();
        } catch (IOException e) {
            throw new UncheckedIOException("the standard input cannot be read", e);
        }
    }

    private ParameterException refused(String why) {
        return new ParameterException(spec.commandLine(), why);
    }
}
