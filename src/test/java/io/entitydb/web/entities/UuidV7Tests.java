package io.entitydb.web.entities;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class UuidV7Tests {

    private static UuidV7 at(String instant) {
        return new UuidV7(Clock.fixed(Instant.parse(instant), ZoneOffset.UTC));
    }

    /** The instant of RFC 9562, appendix A.6. */
    @Test
    void idTellsVersionVariantAndTime() {
        UUID id = UUID.fromString(at("2022-02-22T19:22:22Z").next());

        assertThat(id.toString()).startsWith("017f22e2-79b0-7");
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
    }

    @Test
    void laterIdsSortAfterEarlierOnes() {
        assertThat(at("2026-11-23T09:00:00.001Z").next())
                .isGreaterThan(at("2026-11-23T09:00:00.000Z").next());
    }

    @Test
    void idsOfOneMillisecondDiffer() {
        UuidV7 ids = at("2026-11-23T09:00:00Z");

        Set<String> made = Stream.generate(ids::next).limit(10_000).collect(Collectors.toSet());

        assertThat(made).hasSize(10_000);
    }
}
