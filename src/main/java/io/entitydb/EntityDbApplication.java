package io.entitydb;

import io.entitydb.cli.CommandLineProgram;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The EntityDB service, and the commands of the same jar. */
@SpringBootApplication
public class EntityDbApplication {

    /**
     * Runs the command that the arguments name; without one, starts the service.
     *
     * @param args a command and its arguments, or Spring Boot's command line options
     */
    public static void main(String[] args) {
        if (CommandLineProgram.isCommand(args)) {
            System.exit(CommandLineProgram.run(args));
        }
        SpringApplication.run(EntityDbApplication.class, CommandLineProgram.serviceArguments(args));
    }
}
