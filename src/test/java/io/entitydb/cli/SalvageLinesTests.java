package io.entitydb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.ChangeKind;
import io.entitydb.entity.Content;
import io.entitydb.entity.Digest;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Version;
import io.entitydb.temporal.Timestamp;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.StringWriter;
import java.util.Base64;
import java.util.Random;
import java.util.TreeMap;

/** Contents of any length are written in base64, long ones piece by piece. */
class SalvageLinesTests {

    @ParameterizedTest
    @ValueSource(ints = {1, 16 << 20, (16 << 20) + 1, (16 << 20) + 50_000})
    void contentIsAWholeString(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        bytes[0] = (byte) 0xff;
        Timestamp at = new Timestamp(1);
        Entity entity =
                new Entity(
                        new EntityKey("default", "long"),
                        new Version(1, ChangeKind.PUT, 1, at, "sender"),
                        at,
                        "sender",
                        new TreeMap<>(),
                        Content.of("a/b", bytes));
        StringWriter versions = new StringWriter();

        new SalvageLines(versions, new StringWriter()).version(entity, Digest.ZERO);

        String line = versions.toString();
        assertThat(line).startsWith("{\"dataset\":\"default\",\"id\":\"long\",").endsWith("}\n");
        String begin = "\"base64\":\"";
        int from = line.indexOf(begin) + begin.length();
        int to = line.indexOf('"', from);
        assertThat(Base64.getDecoder().decode(line.substring(from, to))).isEqualTo(bytes);
        assertThat(line).contains("\"digest\":\"" + Digest.ZERO, "\"mediaType\":\"a/b\"");
    }
}
