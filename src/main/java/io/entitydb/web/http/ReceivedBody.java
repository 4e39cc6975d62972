package io.entitydb.web.http;

import io.entitydb.entity.ContentUpload;
import io.entitydb.web.problem.Problem;
import io.entitydb.web.problem.ProblemException;
import io.entitydb.web.problem.ProblemType;

import jakarta.servlet.http.HttpServletRequest;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Passes the body of a request on as it arrives, in constant memory and bounded time. */
public final class ReceivedBody {

    private static final int BUFFER_BYTES = 64 << 10;

    /** Longer than any body takes: its time is measured by who passes it on. */
    static final Duration OWN_TIME = Duration.ofDays(365);

    private ReceivedBody() {}

    /**
     * Passes all of a body on.
     *
     * @param longest how long it may take to arrive
     * @throws ProblemException if it takes too long, or is too large
     * @throws IOException if it breaks off, or nothing comes for a while; the server answers that
     */
    public static void pass(HttpServletRequest request, ContentUpload to, Duration longest)
            throws IOException {
        long deadline = System.nanoTime() + longest.toNanos();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream body = request.getInputStream()) {
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                to.write(buffer, 0, read);
                if (System.nanoTime() - deadline > 0) {
                    throw tooSlow(longest);
                }
            }
        }
    }

    static ProblemException tooSlow(Duration longest) {
        return new ProblemException(
                Problem.of(
                        ProblemType.BODY_TOO_SLOW,
                        "it took longer than " + longest.toSeconds() + " s; nothing was stored"));
    }
}
