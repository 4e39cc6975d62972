package io.entitydb.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * A command that was run within the test.
 *
 * @param code its exit code
 * @param out what it wrote to its output
 * @param err what it wrote to its error output
 */
record Invocation(int code, String out, String err) {

    static Invocation of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                new CommandLineProgram(new PrintWriter(out), new PrintWriter(err))
                        .execute(arguments);
        return new Invocation(code, out.toString(), err.toString());
    }
}
