package io.entitydb.settings;

import lombok.extern.slf4j.Slf4j;

import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

import java.util.Objects;

/**
 * Refuses a heap in which the service cannot even start, and warns of one in which the largest body
 * that is allowed does not fit.
 *
 * <p>Bodies are there up to three times at once: as they came, decoded, and as a frame of the log.
 */
@Slf4j
final class HeapCheck implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    /** What the service occupies with an empty store and no request, and a little to work with. */
    static final DataSize LEAST = DataSize.ofMegabytes(48);

    private static final String BODY = "entitydb.web.max-body";
    private static final DataSize DEFAULT_BODY = DataSize.ofMegabytes(16);
    private static final int COPIES = 3;

    /** After the files of settings were read. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        DataSize heap = DataSize.ofBytes(Runtime.getRuntime().maxMemory());
        String warning = warning(heap, body(event.getEnvironment()));
        if (!warning.isEmpty()) {
            log.atWarn().log(warning);
        }
    }

    /**
     * Judges a heap.
     *
     * @return what to warn of; empty if there is nothing
     * @throws SmallHeapException if the service could not start
     */
    static String warning(DataSize heap, DataSize body) {
        if (heap.compareTo(LEAST) < 0) {
            throw new SmallHeapException(
                    "The heap of %d MB is too small: the service needs %d MB to start, and %d MB for"
                                    .formatted(heap.toMegabytes(), LEAST.toMegabytes(), need(body))
                            + " bodies of up to "
                            + body.toMegabytes()
                            + " MB.");
        }
        if (heap.toMegabytes() >= need(body)) {
            return "";
        }
        return ("heap of %d MB is too small for bodies of up to %d MB (%s): raise it to %d MB with -Xmx"
                        + " or more memory for the container, or lower the limit")
                .formatted(heap.toMegabytes(), body.toMegabytes(), BODY, need(body));
    }

    private static long need(DataSize body) {
        return LEAST.toMegabytes() + COPIES * body.toMegabytes();
    }

    /** What is no size is refused later, by whoever owns the setting. */
    private static DataSize body(Environment environment) {
        String text = environment.getProperty(BODY, "");
        try {
            return text.isBlank()
                    ? DEFAULT_BODY
                    : Objects.requireNonNull(
                            ApplicationConversionService.getSharedInstance()
                                    .convert(text, DataSize.class));
        } catch (RuntimeException e) {
            return DEFAULT_BODY;
        }
    }
}
