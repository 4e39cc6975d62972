package io.entitydb.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTests {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 10, bytes 0-0/10",
        "bytes=0-9, 10, bytes 0-9/10",
        "bytes=0-, 10, bytes 0-9/10",
        "bytes=3-5, 10, bytes 3-5/10",
        "bytes=9-, 10, bytes 9-9/10",
        "bytes=9-999, 10, bytes 9-9/10",
        "bytes=9-99999999999999999999, 10, bytes 9-9/10",
        "bytes=-1, 10, bytes 9-9/10",
        "bytes=-10, 10, bytes 0-9/10",
        "bytes=-99999999999999999999, 10, bytes 0-9/10",
        "BYTES= 1-2 , 10, bytes 1-2/10",
        "bytes=10-, 10, bytes */10",
        "bytes=10-12, 10, bytes */10",
        "bytes=99999999999999999999-, 10, bytes */10",
        "bytes=-0, 10, bytes */10",
        "bytes=0-, 0, bytes */0",
        "bytes=4294967296-4294967297, 4294967300, bytes 4294967296-4294967297/4294967300"
    })
    void partIsThatOfTheStandard(String header, long size, String contentRange) {
        ByteRange range = ByteRange.parse(header, size);

        assertThat(range).isNotNull();
        assertThat(range.contentRange(size)).isEqualTo(contentRange);
        assertThat(range.isOutside()).isEqualTo(contentRange.contains("*"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=5-4",
                "bytes=a-b",
                "bytes=0-0,2-2",
                "bytes=--1",
                "items=0-1",
                "bytes 0-1"
            })
    void whatIsNoSingleRangeMeansTheWhole(String header) {
        assertThat(ByteRange.parse(header, 10)).isNull();
    }

    @Test
    void endOfAnEmptyContentIsTheWhole() {
        assertThat(ByteRange.parse("bytes=-5", 0)).isNull();
    }
}
