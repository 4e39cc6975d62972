package io.entitydb.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/** Without settings of an operator the service keeps to itself. */
@ServiceTest
class SafeDefaultsIT {

    @Autowired Environment environment;

    private final Api api;

    SafeDefaultsIT(Api api) {
        this.api = api;
    }

    @Test
    void onlyThisMachineIsServed() {
        assertThat(environment.getProperty("server.address")).isEqualTo("127.0.0.1");
        assertThat(environment.getProperty("server.shutdown")).isEqualTo("graceful");
    }

    @Test
    void answersDoNotTellWhoServesThem() {
        Answer answer = api.get("/api/v1/datasets").expect(200);

        assertThat(answer.headers().map()).doesNotContainKeys("Server", "server", "X-Powered-By");
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void largeAnswersWithoutEntityTagAreCompressedOnDemand() {
        for (int i = 0; i < 30; i++) {
            api.put(Api.entity("default", "compressed-" + i), "{\"tags\": [\"compressed:yes\"]}");
        }
        String list = Api.entities("default") + "?tag=compressed:yes";

        Answer compressed = api.get(list, "Accept-Encoding", "gzip").expect(200);

        assertThat(compressed.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(api.get(list).expect(200).ids()).hasSize(30);
    }
}
