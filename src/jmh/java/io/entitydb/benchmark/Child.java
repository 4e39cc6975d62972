package io.entitydb.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * What needs a process of its own: opening a store as a program does that has just been started,
 * and being killed after the last commit was acknowledged.
 */
public final class Child {

    private static final int KILLED = 137;
    private static final int VERSIONS_AT_ONCE = 100;

    /** What it does. */
    enum Task {
        /** Opens, reads an entity, tells how long that took, and closes. */
        OPEN,
        /** Opens, commits, and is killed; the last id is told. */
        KILL
    }

    private Child() {}

    /** Arguments: contender, its directory's parent, task, number of commits, id to be read. */
    public static void main(String[] arguments) {
        Store store =
                Contender.valueOf(arguments[0]).store(Path.of(arguments[1]), new FrameSize(1, 1));
        long start = System.nanoTime();
        store.open();
        Population.require(store.read(arguments[4]), arguments[4]);
        double taken = (System.nanoTime() - start) / 1e6;
        if (Task.valueOf(arguments[2]) == Task.OPEN) {
            System.out.println(taken);
            store.close();
            System.exit(0);
        }
        Workload workload = new Workload(start);
        String last = "";
        for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
            last = Workload.id(Integer.MAX_VALUE + (long) (i + 1) * VERSIONS_AT_ONCE - 1);
            store.commit(
                    workload.writes(
                            Integer.MAX_VALUE + (long) i * VERSIONS_AT_ONCE,
                            Integer.MAX_VALUE + (long) (i + 1) * VERSIONS_AT_ONCE));
        }
        System.out.println(last);
        System.out.flush();
        Runtime.getRuntime().halt(KILLED);
    }

    /** Runs one and gives the last line that it prints. */
    static String run(Contender contender, Path directory, Task task, int commits, String id)
            throws IOException, InterruptedException {
        List<String> command =
                List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "@src/jmh/jvm.options",
                        "-Dlogback.statusListenerClass=ch.qos.logback.core.status.NopStatusListener",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        contender.name(),
                        directory.toString(),
                        task.name(),
                        Integer.toString(commits),
                        id);
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        if (status != (task == Task.KILL ? KILLED : 0)) {
            throw new IllegalStateException(contender + " ended with status " + status + output);
        }
        return output.strip().lines().toList().getLast();
    }
}
