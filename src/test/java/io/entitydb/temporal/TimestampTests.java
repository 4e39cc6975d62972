package io.entitydb.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;

class TimestampTests {

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 0",
        "1970-01-01T00:00:00.000000001Z, 1",
        "1970-01-01T00:00:00.1Z, 100000000",
        "1970-01-01T01:00:00+01:00, 0",
        "1969-12-31T23:00:00-01:00, 0",
        "1970-01-01t00:00:01z, 1000000000",
        "1970-01-01T05:45:00.5+05:45, 500000000",
        "2000-02-29T00:00:00Z, 951782400000000000",
        "1970-01-01T00:00:00-00:00, 0",
        "2262-04-11T23:47:16.854775807Z, 9223372036854775807"
    })
    void readsRfc3339(String text, long nanos) {
        assertThat(Timestamp.parse(text)).isEqualTo(new Timestamp(nanos));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "now",
                "0",
                "1970-01-01",
                "1970-01-01T00:00Z",
                "1970-01-01T00:00:00",
                "1970-01-01T00:00:00.Z",
                "1970-01-01T00:00:00,5Z",
                "1970-01-01T00:00:00.1234567890Z",
                "1970-01-01T00:00:00+01",
                "1970-01-01T00:00:00+0100",
                "1970-01-01T00:00:00+01:00:30",
                "1970-01-01T00:00:00+19:00",
                "1970-01-01T00:00:00[UTC]",
                "1970-01-01T00:00:00Z ",
                " 1970-01-01T00:00:00Z",
                "1970-01-01 00:00:00Z",
                "1970-01-01T24:00:00Z",
                "1970-01-01T00:60:00Z",
                "2016-12-31T23:59:60Z",
                "2001-02-29T00:00:00Z",
                "2001-13-01T00:00:00Z",
                "2001-00-01T00:00:00Z",
                "+12001-01-01T00:00:00Z",
                "-0001-01-01T00:00:00Z",
                "70-01-01T00:00:00Z",
                "١٩٧٠-٠١-٠١T٠٠:٠٠:٠٠Z",
                "1970-01-01T00:00:00Z\n",
                "1970-01-01T00:00:00Z\u0000"
            })
    void refusesWhatIsNot(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Timestamp.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1969-12-31T23:59:59.999999999Z",
                "0000-01-01T00:00:00Z",
                "2262-04-11T23:47:16.854775808Z",
                "9999-12-31T23:59:59Z"
            })
    void refusesWhatLiesOffTheTimeLine(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Timestamp.parse(text));
    }

    @Test
    void refusesInstantsBefore1970AndBeyondTheRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Timestamp(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> Timestamp.of(Instant.MIN));
        assertThatIllegalArgumentException().isThrownBy(() -> Timestamp.of(Instant.MAX));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Timestamp.of(Instant.EPOCH.minusNanos(1)));
    }

    @Test
    void isWrittenWithNineDigitsSoThatTextSortsAsTimeDoes() {
        assertThat(new Timestamp(0)).hasToString("1970-01-01T00:00:00.000000000Z");
        assertThat(new Timestamp(1_500_000_000)).hasToString("1970-01-01T00:00:01.500000000Z");
        assertThat(Timestamp.MAX).hasToString("2262-04-11T23:47:16.854775807Z");
    }

    @Test
    void whatIsWrittenIsReadBackAndSortsTheSame() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Stream<Timestamp> some =
                Stream.generate(() -> new Timestamp(random.nextLong() & Long.MAX_VALUE)).limit(500);

        assertThat(some.sorted().toList())
                .as("seed %d", seed)
                .allSatisfy(
                        timestamp -> {
                            assertThat(Timestamp.parse(timestamp.toString())).isEqualTo(timestamp);
                            assertThat(Timestamp.of(timestamp.toInstant())).isEqualTo(timestamp);
                        })
                .extracting(Timestamp::toString)
                .isSorted();
    }

    @Test
    void comparesByTime() {
        Timestamp earlier = new Timestamp(5);
        Timestamp later = new Timestamp(6);

        assertThat(earlier).isLessThan(later);
        assertThat(later.isAfter(earlier)).isTrue();
        assertThat(later.isAfter(later)).isFalse();
        assertThat(earlier.isAfter(later)).isFalse();
    }
}
