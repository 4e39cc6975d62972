package io.entitydb.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class TraceIdTests {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static String traced(String traceparent) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.addHeader("traceparent", traceparent);
        return TraceId.of(request);
    }

    @Test
    void traceOfTheClientIsKept() {
        assertThat(traced("00-" + TRACE + "-00f067aa0ba902b7-01")).isEqualTo(TRACE);
        assertThat(traced("cc-" + TRACE + "-00f067aa0ba902b7-00-later")).isEqualTo(TRACE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\n"
            })
    void anythingElseGetsANewOne(String traceparent) {
        assertThat(traced(traceparent)).matches("[0-9a-f]{32}").isNotEqualTo(TRACE);
    }

    @Test
    void requestKeepsItsId() {
        MockHttpServletRequest request = new MockHttpServletRequest();

        String first = TraceId.of(request);

        assertThat(TraceId.of(request)).isEqualTo(first);
        assertThat(TraceId.of(new MockHttpServletRequest())).isNotEqualTo(first);
    }
}
