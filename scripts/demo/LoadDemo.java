import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** Loads a file of lines of JSON through the REST interface, or compares it with the service. */
final class LoadDemo {

    private static final int ALL_IS_WELL = 0;
    private static final int LINES_FAILED = 1;
    private static final int CANNOT_WORK = 2;

    private LoadDemo() {}

    /** Ends with the status that {@link LoadOptions#USAGE} tells. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            System.out.print(LoadOptions.USAGE);
            return ALL_IS_WELL;
        }
        try {
            LoadOptions options = LoadOptions.parse(arguments);
            DemoFile file = DemoFile.of(options.file(), options.shape());
            return run(options, file);
        } catch (IllegalArgumentException e) {
            return refuse(e.getMessage() + "\n\n" + LoadOptions.USAGE);
        } catch (NoSuchFileException e) {
            return refuse("there is no file " + e.getMessage());
        } catch (CharacterCodingException e) {
            return refuse("the file is not UTF-8");
        } catch (UncheckedIOException e) {
            return refuse("no answer from the service: " + e.getCause());
        } catch (IOException e) {
            return refuse(e.toString());
        }
    }

    private static int run(LoadOptions options, DemoFile file) throws IOException {
        try (EntityService service = new EntityService(options.service(), options.dataset())) {
            EntityService.Answer dataset = service.makeDataset();
            if (dataset.status() >= 300) {
                return refuse("dataset " + options.dataset() + ": " + dataset.problem());
            }
            Lanes lanes = new Lanes(options.parallel());
            boolean isWell =
                    options.check()
                            ? new Checking(file, service, lanes).run()
                            : new Loading(options, file, service, lanes).run();
            return isWell ? ALL_IS_WELL : LINES_FAILED;
        }
    }

    private static int refuse(String why) {
        System.err.println("load-demo: " + why);
        return CANNOT_WORK;
    }
}
