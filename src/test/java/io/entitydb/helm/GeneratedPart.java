package io.entitydb.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A part of a committed file that is made of others, between two comments that name it. With {@code
 * -Dchart.update=true} it is written, otherwise it is compared.
 */
final class GeneratedPart {

    private GeneratedPart() {}

    static void check(Path file, String name, String expected) throws IOException {
        String begin = "<!-- " + name + ": generated -->\n\n";
        String end = "\n<!-- end of " + name + " -->";
        String text = Files.readString(file);
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        assertThat(from).as("begin of %s in %s", name, file).isPositive();
        assertThat(to).as("end of %s in %s", name, file).isGreaterThan(from);
        if (Boolean.getBoolean("chart.update")) {
            Files.writeString(
                    file, text.substring(0, from + begin.length()) + expected + text.substring(to));
        } else {
            assertThat(text.substring(from + begin.length(), to))
                    .as("%s in %s; README.md tells how to write it anew", name, file)
                    .isEqualTo(expected);
        }
    }
}
