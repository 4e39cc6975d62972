package io.entitydb.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsOfTests {

    @Test
    void readsItsThreeForms() {
        assertThat(AsOf.parse("tx:0")).isEqualTo(new AsOf.AtTransaction(0));
        assertThat(AsOf.parse("tx:8714")).isEqualTo(new AsOf.AtTransaction(8714));
        assertThat(AsOf.parse("tx:999999999999999999"))
                .isEqualTo(new AsOf.AtTransaction(999_999_999_999_999_999L));
        assertThat(AsOf.parse("v:1")).isEqualTo(new AsOf.AtVersion(1));
        assertThat(AsOf.parse("1970-01-01T01:00:00+01:00"))
                .isEqualTo(new AsOf.AtInstant(new Timestamp(0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tx:0", "tx:8714", "v:1", "v:42", "2026-11-23T09:00:00.000000001Z"})
    void isWrittenAsItIsRead(String text) {
        assertThat(AsOf.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tx",
                "tx:",
                "tx:-1",
                "tx:+1",
                "tx: 1",
                "tx:1 ",
                "tx:1.0",
                "tx:0x1",
                "tx:1e3",
                "tx:٣",
                "tx:9223372036854775808",
                "tx:99999999999999999999999999",
                "TX:1",
                "tx::1",
                "v:",
                "v:0",
                "v:-1",
                "v:x",
                "V:1",
                "yesterday",
                "2026-11-23"
            })
    void refusesAnythingElse(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> AsOf.parse(text));
    }

    @Test
    void refusesNumbersThatDoNotExist() {
        assertThatIllegalArgumentException().isThrownBy(() -> new AsOf.AtTransaction(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new AsOf.AtVersion(0));
    }
}
