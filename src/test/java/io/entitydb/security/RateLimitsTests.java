package io.entitydb.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

/** Whoever asks too often waits, nobody else does, and it costs bounded memory. */
class RateLimitsTests {

    private static final LimitProperties FEW = new LimitProperties(5, 10, 2, 5, 60, 60);

    private final TestTicker ticker = new TestTicker();
    private final RateLimits limits = new RateLimits(FEW, ticker);

    @Test
    void twoSecondsWorthComesAtOnceAndThenAsMuchAsIsAllowed() {
        for (int i = 0; i < 10; i++) {
            limits.requireOfPrincipal("ada");
        }

        assertThatExceptionOfType(TooManyRequestsException.class)
                .isThrownBy(() -> limits.requireOfPrincipal("ada"))
                .satisfies(e -> assertThat(e.retryAfterSeconds()).isEqualTo(1));
        ticker.pass(Duration.ofSeconds(1));
        for (int i = 0; i < 5; i++) {
            limits.requireOfPrincipal("ada");
        }
        assertThatExceptionOfType(TooManyRequestsException.class)
                .isThrownBy(() -> limits.requireOfPrincipal("ada"));
        assertThat(limits.refusedOfPrincipals()).isEqualTo(2);
    }

    @Test
    void othersAreNotConcerned() {
        exhaustStrangers("10.0.0.1");

        limits.requireOfStranger("10.0.0.2");
        limits.requireOfAddress("10.0.0.1");
        limits.requireOfPrincipal("10.0.0.1");
    }

    @Test
    void wholeNetworkOfAnIpv6AddressIsCountedAsOne() {
        exhaustStrangers("2001:db8:1:2:3:4:5:6");

        assertThatExceptionOfType(TooManyRequestsException.class)
                .isThrownBy(() -> limits.requireOfStranger("2001:db8:1:2:ffff::1"));
        limits.requireOfStranger("2001:db8:1:3::1");
    }

    private void exhaustStrangers(String address) {
        for (int i = 0; i < 4; i++) {
            limits.requireOfStranger(address);
        }
        assertThatExceptionOfType(TooManyRequestsException.class)
                .isThrownBy(() -> limits.requireOfStranger(address));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "2001:db8::1, 20010db800000000/64",
        "fe80::1%eth0, fe80000000000000/64",
        "::ffff:192.0.2.1, 192.0.2.1",
        "no:address, no:address",
        "unknown, unknown",
    })
    void addressesAreCountedByNetwork(String address, String network) {
        assertThat(ClientAddress.network(address)).isEqualTo(network);
    }

    @Test
    void manyAddressesTakeBoundedMemory() {
        Buckets buckets = new Buckets(1, 1, Duration.ofMinutes(1), ticker);

        for (int i = 0; i < 200_000; i++) {
            buckets.take("address " + i);
        }

        assertThat(buckets.size()).isLessThanOrEqualTo(50_000);
        ticker.pass(Duration.ofMinutes(3));
        assertThat(buckets.size()).isZero();
    }

    @Test
    void whatIsGivenBackCanBeTakenAgainAndIsNeverMoreThanWasThere() {
        Buckets buckets = new Buckets(1, 1, Duration.ofMinutes(1), ticker);

        assertThat(buckets.take("a")).isZero();
        assertThat(buckets.take("a")).isBetween(1L, Duration.ofMinutes(1).toNanos());
        buckets.giveBack("a");
        buckets.giveBack("a");
        assertThat(buckets.take("a")).isZero();
        assertThat(buckets.take("a")).isPositive();
    }
}
