package io.entitydb.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.util.UriUtils;

import java.nio.charset.StandardCharsets;

class ApiPathsTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a", "Az-09_", "a.b", "~", "a b", "a/b", "a%b", "a?b#c", "é", "漢字", "😀", "{x}"
            })
    void anIdIsOneEncodedSegment(String id) {
        String path =
                "/api/v1/datasets/shop/entities/" + UriUtils.encode(id, StandardCharsets.UTF_8);

        assertThat(ApiPaths.entityText("shop", id)).isEqualTo(path);
        assertThat(ApiPaths.entity("shop", id)).hasToString(path);
    }
}
