import java.net.URI;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * What the command line says.
 *
 * @param file the file to load
 * @param shape what its lines are, or null to see it from the first one
 * @param service where the service is
 * @param dataset where the entities go
 * @param parallel requests at a time
 * @param skip lines at the beginning that are loaded already
 * @param check whether to compare instead of loading
 */
record LoadOptions(
        Path file,
        Shape shape,
        URI service,
        String dataset,
        int parallel,
        long skip,
        boolean check) {

    static final String USAGE =
            """
            usage: scripts/load-demo [options] FILE.ndjson

            Loads entities, or replays the history of files, through the REST interface.
            An interrupted load goes on where it stopped: lines that are loaded already are
            recognised, and --skip leaves them out.

              --as entities|history  what the lines are; seen from the first line if left out
              --url URL              the service (default http://localhost:8080)
              --dataset NAME         where the entities go, made if missing (default: default)
              --parallel N           requests at a time, 1 to 256 (default 8); the changes of one
                                     path stay in order
              --skip N               leave out the first N lines
              --check                load nothing; compare the dataset with the file: counts per
                                     tag, three histories and three reads as of an instant

            exit codes: 0 all is well; 1 lines failed, or a comparison found differences;
            2 wrong usage, or the service cannot be reached
            """;

    private static final int MAX_PARALLEL = 256;

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static LoadOptions parse(List<String> arguments) {
        Path file = null;
        Shape shape = null;
        URI service = URI.create("http://localhost:8080");
        String dataset = "default";
        int parallel = 8;
        long skip = 0;
        boolean check = false;
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            switch (argument) {
                case "--as" -> shape = shape(value(argument, rest));
                case "--url" -> service = service(value(argument, rest));
                case "--dataset" -> dataset = value(argument, rest);
                case "--parallel" ->
                        parallel = (int) number(argument, value(argument, rest), 1, MAX_PARALLEL);
                case "--skip" -> skip = number(argument, value(argument, rest), 0, Long.MAX_VALUE);
                case "--check" -> check = true;
                default -> {
                    if (argument.startsWith("-") || file != null) {
                        throw new IllegalArgumentException("not understood: " + argument);
                    }
                    file = Path.of(argument);
                }
            }
        }
        if (file == null) {
            throw new IllegalArgumentException("the file is missing");
        }
        return new LoadOptions(file, shape, service, dataset, parallel, skip, check);
    }

    private static String value(String option, Iterator<String> rest) {
        if (rest.hasNext()) {
            return rest.next();
        }
        throw new IllegalArgumentException(option + " needs a value");
    }

    private static Shape shape(String text) {
        return switch (text) {
            case "entities" -> Shape.ENTITIES;
            case "history" -> Shape.HISTORY;
            default -> throw new IllegalArgumentException("--as is entities or history");
        };
    }

    private static URI service(String text) {
        URI service = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        if (service.getHost() == null || service.getScheme() == null) {
            throw new IllegalArgumentException("--url is like http://localhost:8080");
        }
        return service;
    }

    private static long number(String option, String text, long least, long most) {
        if (!text.matches("[0-9]{1,18}")
                || Long.parseLong(text) < least
                || Long.parseLong(text) > most) {
            throw new IllegalArgumentException(
                    option + " is a number from " + least + " to " + most);
        }
        return Long.parseLong(text);
    }
}
