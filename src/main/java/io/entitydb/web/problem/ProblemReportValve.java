package io.entitydb.web.problem;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Answers what Tomcat refuses by itself, before any filter: request lines, paths and headers that
 * break the rules of HTTP.
 */
public final class ProblemReportValve extends ErrorReportValve {

    private static final int FIRST_ERROR = 400;

    private final ProblemWriter writer;

    /** A valve that writes with the writer. */
    public ProblemReportValve(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable cause) {
        int status = response.getStatus();
        boolean isWritten = response.getContentWritten() > 0 || !response.setErrorReported();
        if (status < FIRST_ERROR || isWritten) {
            return;
        }
        try {
            writer.write(FrameworkProblems.of(HttpStatusCode.valueOf(status)), request, response);
        } catch (IOException e) {
            throw new UncheckedIOException("the client is gone", e);
        }
    }
}
