package io.entitydb.web.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.web.http.FailedChange;
import io.entitydb.web.http.OperationMapping;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.servlet.HandlerInterceptor;

import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What is plain is answered; all else goes on as it came, and no change is made twice. */
class DirectFilterTests {

    private static final String ENTITIES = "/api/v1/datasets/default/entities";
    private static final Authentication CALLER = new TestingAuthenticationToken("who", "");

    private final List<DirectRequest> asked = new ArrayList<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private final MockFilterChain chain = new MockFilterChain();
    private DirectOperation.Answering answering;
    private HandlerInterceptor guard = new HandlerInterceptor() {};
    private DirectFilter.Door door = request -> CALLER;
    private long maxBody = 1 << 20;

    @BeforeEach
    void answerAll() {
        answering = request -> ResponseEntity.status(201).header("ETag", "\"1\"").body(Map.of());
    }

    /** Stands for a controller. */
    @SuppressWarnings("unused")
    private static final class Controller {

        private void change() {}
    }

    private void pass(MockHttpServletRequest request) throws IOException, ServletException {
        DirectOperation.Answering noting =
                direct -> {
                    asked.add(direct);
                    assertThat(SecurityContextHolder.getContext().getAuthentication())
                            .isSameAs(CALLER);
                    assertThat(MDC.get("traceId")).isNotNull();
                    return answering.answer(direct);
                };
        List<DirectOperation> operations =
                List.of(operation(HttpMethod.PUT, noting), operation(HttpMethod.GET, noting));
        new DirectFilter(
                        operations,
                        door,
                        new DirectAnswers(
                                List.of(guard), JsonMapper.shared(), new RequestTimes(registry)),
                        new PlainHeaders(maxBody),
                        Duration.ofSeconds(30))
                .doFilter(request, response, chain);
        assertThat(SecurityContextHolder.getContext().getAuthentication()).isNull();
        assertThat(RequestContextHolder.getRequestAttributes()).isNull();
        assertThat(MDC.get("traceId")).isNull();
    }

    private static DirectOperation operation(
            HttpMethod method, DirectOperation.Answering answering) {
        return DirectOperation.of(
                method,
                "/api/v1/datasets/{dataset}/entities/{id}",
                new Controller(),
                "change",
                answering);
    }

    private static MockHttpServletRequest put(String id, String body) {
        MockHttpServletRequest request = new MockHttpServletRequest("PUT", ENTITIES + "/" + id);
        request.addHeader("Content-Type", "application/json");
        request.setContent(body.getBytes(StandardCharsets.UTF_8));
        return request;
    }

    private HttpServletRequest next() {
        return (HttpServletRequest) Objects.requireNonNull(chain.getRequest(), "nothing goes on");
    }

    private String passedOn() throws IOException {
        return new String(next().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void aPlainRequestIsAnswered() throws Exception {
        pass(put("a.b-c_d~1", "{\"x\": 1}"));

        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst().dataset()).isEqualTo("default");
        assertThat(asked.getFirst().entity()).isEqualTo("a.b-c_d~1");
        assertThat(asked.getFirst().body()).asString().isEqualTo("{\"x\": 1}");
        assertThat(response.getStatus()).isEqualTo(201);
        assertThat(response.getHeader("ETag")).isEqualTo("\"1\"");
        assertThat(response.getContentAsString()).isEqualTo("{}");
        assertThat(response.getContentLength()).isEqualTo(2);
        assertThat(chain.getRequest()).isNull();
        assertThat(
                        registry.get("http.server.requests")
                                .tag("status", "201")
                                .tag("method", "PUT")
                                .timer()
                                .count())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/datasets/default/entities",
                "/api/v1/datasets/default/entities/",
                "/api/v1/datasets/default/entities/.",
                "/api/v1/datasets/default/entities/..",
                "/api/v1/datasets/../entities/a",
                "/api/v1/datasets//entities/a",
                "/api/v1/datasets/default/entities/a%20b",
                "/api/v1/datasets/default/entities/a;b",
                "/api/v1/datasets/default/entities/a:restore",
                "/api/v1/datasets/default/entities/a/content",
                "/api/v1/datasets/default/entitiesa",
                "/api/v1/datasets/default/other/a",
                "/api/v1/datasets/default",
                "/api/v1/datasets",
                "/api/v1/transactions",
                "/"
            })
    void otherPathsGoOn(String path) throws Exception {
        MockHttpServletRequest request = put("a", "{}");
        request.setRequestURI(path);
        pass(request);

        assertThat(chain.getRequest()).isSameAs(request);
    }

    @ParameterizedTest
    @CsvSource({
        "Idempotency-Key, a",
        "If-Match, *",
        "Accept, text/html",
        "Origin, https://a.example",
        "X-Unknown, a",
        "Transfer-Encoding, chunked",
        "Expect, 100-continue"
    })
    void otherHeadersGoOn(String name, String value) throws Exception {
        MockHttpServletRequest request = put("a", "{}");
        request.addHeader(name, value);
        pass(request);

        assertThat(chain.getRequest()).isSameAs(request);
    }

    @Test
    void aBodyHasALengthAndIsJsonAndAReadHasNone() throws Exception {
        MockHttpServletRequest large = put("a", "{\"x\": \"%s\"}".formatted("a".repeat(64 << 10)));
        pass(large);
        assertThat(chain.getRequest()).isSameAs(large);

        chain.reset();
        maxBody = 3;
        MockHttpServletRequest longer = put("a", "{  }");
        pass(longer);
        assertThat(chain.getRequest()).isSameAs(longer);

        chain.reset();
        MockHttpServletRequest empty = put("a", "");
        pass(empty);
        assertThat(chain.getRequest()).isSameAs(empty);

        chain.reset();
        MockHttpServletRequest untold = new MockHttpServletRequest("PUT", ENTITIES + "/a");
        untold.setContent(new byte[] {'{', '}'});
        pass(untold);
        assertThat(chain.getRequest()).isSameAs(untold);

        chain.reset();
        MockHttpServletRequest read = new MockHttpServletRequest("GET", ENTITIES + "/a");
        read.setContent(new byte[] {'{', '}'});
        pass(read);
        assertThat(chain.getRequest()).isSameAs(read);
    }

    @Test
    void whoIsNotLetInGoesOn() throws Exception {
        door = request -> null;
        MockHttpServletRequest request = put("a", "{}");
        pass(request);

        assertThat(chain.getRequest()).isSameAs(request);
        assertThat(passedOn()).isEqualTo("{}");
    }

    @Test
    void aChangeThatFailedIsNotMadeAgain() throws Exception {
        answering =
                request -> {
                    response.setHeader("EntityDB-Transaction", "7");
                    throw new IllegalStateException("who knows");
                };
        pass(put("a", "{}"));

        assertThat(asked).hasSize(1);
        assertThat(passedOn()).isEqualTo("{}");
        assertThat(response.getHeaderNames()).isEmpty();
        OperationMapping mapping = new OperationMapping();
        mapping.setApplicationContext(new StaticApplicationContext());
        MockHttpServletRequest next = new MockHttpServletRequest("PUT", "/a");
        FailedChange.set(next, new IllegalStateException("who knows"));
        assertThatThrownBy(() -> mapping.getHandler(next)).hasMessage("who knows");
        assertThat(next().getAttribute(FailedChange.class.getName()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aChangeWhoseAnswerCannotBeWrittenIsNotMadeAgain() throws Exception {
        Object[] endless = new Object[1];
        endless[0] = endless;
        answering = request -> ResponseEntity.ok(endless);
        pass(put("a", "{}"));

        assertThat(asked).hasSize(1);
        assertThat(next().getAttribute(FailedChange.class.getName()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatAGuardRefusesIsNotDone() throws Exception {
        guard =
                new HandlerInterceptor() {
                    @Override
                    public boolean preHandle(
                            HttpServletRequest request,
                            jakarta.servlet.http.HttpServletResponse response,
                            Object handler) {
                        throw new IllegalArgumentException("no");
                    }
                };
        pass(put("a", "{}"));

        assertThat(asked).isEmpty();
        assertThat(next().getAttribute(FailedChange.class.getName()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aReadThatFailedIsTriedAgainTheLongWay() throws Exception {
        answering =
                request -> {
                    throw new IllegalStateException("no");
                };
        pass(new MockHttpServletRequest("GET", ENTITIES + "/a"));

        assertThat(chain.getRequest()).isNotNull();
        assertThat(next().getAttribute(FailedChange.class.getName())).isNull();
    }

    @Test
    void aBodyThatIsNoJsonIsReadAgain() throws Exception {
        answering = request -> ResponseEntity.ok(JsonMapper.shared().readTree(request.body()));
        pass(put("a", "{"));

        assertThat(passedOn()).isEqualTo("{");
        assertThat(next().getAttribute(FailedChange.class.getName())).isNull();
    }

    @Test
    void aBodyThatBreaksOffBreaksOffAgain() throws Exception {
        MockHttpServletRequest broken =
                new MockHttpServletRequest("PUT", ENTITIES + "/a") {
                    @Override
                    public ServletInputStream getInputStream() {
                        return new Breaking();
                    }
                };
        broken.addHeader("Content-Type", "application/json");
        broken.setContent(new byte[10]);
        pass(broken);

        assertThat(asked).isEmpty();
        ServletInputStream again = next().getInputStream();
        assertThat(again.readNBytes(3)).asString().isEqualTo("abc");
        assertThatThrownBy(again::read).isInstanceOf(IOException.class).hasMessage("gone");
        assertThatThrownBy(() -> again.read(new byte[4])).isInstanceOf(IOException.class);
    }

    @Test
    void aBodyThatIsShortIsNotTaken() throws Exception {
        MockHttpServletRequest request =
                new MockHttpServletRequest("PUT", ENTITIES + "/a") {
                    @Override
                    public int getContentLength() {
                        return 10;
                    }

                    @Override
                    public long getContentLengthLong() {
                        return 10;
                    }
                };
        request.addHeader("Content-Type", "application/json");
        request.setContent("{}".getBytes(StandardCharsets.UTF_8));
        pass(request);

        assertThat(asked).isEmpty();
        assertThat(passedOn()).isEqualTo("{}");
    }

    /** Gives three bytes and breaks. */
    private static final class Breaking extends ServletInputStream {

        private final ByteArrayInputStream bytes =
                new ByteArrayInputStream("abc".getBytes(StandardCharsets.UTF_8));

        @Override
        public int read() throws IOException {
            int next = bytes.read();
            if (next < 0) {
                throw new IOException("gone");
            }
            return next;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = bytes.read(target, offset, length);
            if (read < 0) {
                throw new IOException("gone");
            }
            return read;
        }

        @Override
        public boolean isFinished() {
            return false;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(jakarta.servlet.ReadListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
