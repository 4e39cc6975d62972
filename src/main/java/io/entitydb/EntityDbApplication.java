package io.entitydb;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The EntityDB service. */
@SpringBootApplication
public class EntityDbApplication {

    /**
     * Starts the service.
     *
     * @param args Spring Boot's command line options
     */
    public static void main(String[] args) {
        SpringApplication.run(EntityDbApplication.class, args);
    }
}
