package io.entitydb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.env.Environment;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class EntityDbApplicationTests {

    @Autowired Environment environment;

    @Test
    void startsWithItsOwnNameOnVirtualThreads() {
        assertThat(environment.getProperty("spring.application.name")).isEqualTo("entitydb");
        assertThat(environment.getProperty("spring.threads.virtual.enabled", Boolean.class))
                .isTrue();
    }
}
