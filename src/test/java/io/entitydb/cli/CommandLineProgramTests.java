package io.entitydb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommandLineProgramTests {

    @Test
    void argumentsOfTheServiceAreNoCommand() {
        assertThat(CommandLineProgram.isCommand()).isFalse();
        assertThat(CommandLineProgram.isCommand("--server.port=0")).isFalse();
        assertThat(CommandLineProgram.isCommand("serve", "--server.port=0")).isFalse();
    }

    @Test
    void wordsAndCallsForHelpAreCommands() {
        assertThat(CommandLineProgram.isCommand("verify", "data")).isTrue();
        assertThat(CommandLineProgram.isCommand("nonsense")).isTrue();
        assertThat(CommandLineProgram.isCommand("--help")).isTrue();
        assertThat(CommandLineProgram.isCommand("--version")).isTrue();
    }

    @Test
    void serveIsNotPassedOn() {
        assertThat(CommandLineProgram.serviceArguments("serve", "--a=b")).containsExactly("--a=b");
        assertThat(CommandLineProgram.serviceArguments("--a=b")).containsExactly("--a=b");
        assertThat(CommandLineProgram.serviceArguments()).isEmpty();
    }

    @Test
    void unknownCommandIsRefusedWithTheNearestOne() {
        Invocation typo = Invocation.of("verfy", "data");

        assertThat(typo.code()).isEqualTo(ExitCode.USAGE);
        assertThat(typo.err()).contains("verfy").contains("verify");
        assertThat(typo.out()).isEmpty();
    }

    @Test
    void helpNamesCommandsAndExitCodes() {
        Invocation help = Invocation.of("--help");

        assertThat(help.code()).isEqualTo(ExitCode.SOUND);
        assertThat(help.out()).contains("verify").contains("Exit codes:");
    }
}
