package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

class CrashSimulationTests {

    @Test
    void everyAcknowledgedTransactionSurvivesACrashAtAnyCall() {
        long seed = new Random().nextLong();
        long t = System.nanoTime();
        CrashSimulation simulation =
                new CrashSimulation(
                        new Script.Length(3, 8, 0), 300, UnaryOperator.identity());
        for (int i = 0; i < 1; i++) {
            simulation.run(seed + i);
            System.out.println(simulation.states() + " " + simulation.repeated() + " " + simulation.calls() + " " + (System.nanoTime() - t) / 1000000 + " " + simulation.violations().size());
        simulation.violations().stream().limit(3).forEach(System.out::println);
        }
        simulation.violations().stream().map(v -> v.replaceAll("^.*?: (io|org|java)", "$1").replaceAll("[0-9]+", "N")).collect(java.util.stream.Collectors.groupingBy(x -> x, java.util.stream.Collectors.counting())).forEach((k, v) -> System.out.println(v + " x " + k));
        assertThat(simulation.violations().size()).isEqualTo(0);
    }
}
