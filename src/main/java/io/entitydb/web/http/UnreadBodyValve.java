package io.entitydb.web.http;

import jakarta.servlet.ServletException;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Reads what is left of a body that nobody wanted, so that the client sees the answer, but not for
 * long and not much of it: then the connection is closed. Tomcat by itself would wait for the rest
 * as long as a byte of it comes now and then.
 */
public final class UnreadBodyValve extends ValveBase {

    private static final long PATIENCE_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long MOST_BYTES = 32L << 20;

    /** A valve for one host. */
    public UnreadBodyValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
        org.apache.coyote.Request exchange = request.getCoyoteRequest();
        if (mayHaveMore(request) && !request.isAsync() && !exchange.hasExpectation()) {
            response.finishResponse();
            if (!isDrained(exchange)) {
                exchange.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
            }
        }
    }

    /** A length that is no number was refused, and its connection ends anyway. */
    private static boolean mayHaveMore(Request request) {
        try {
            long length = request.getContentLengthLong();
            return length > 0 || (length < 0 && request.getHeader("Transfer-Encoding") != null);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Below the stream that the application may have closed. */
    private static boolean isDrained(org.apache.coyote.Request exchange) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        Sink sink = new Sink();
        long bytes = 0;
        try {
            for (int read = exchange.doRead(sink); read >= 0; read = exchange.doRead(sink)) {
                bytes += read;
                if (bytes > MOST_BYTES || System.nanoTime() - deadline > 0) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            // The client is gone, or its body ended in the middle.
            return false;
        }
    }

    /** Takes bytes without looking at them. */
    private static final class Sink implements ApplicationBufferHandler {

        private ByteBuffer buffer = ByteBuffer.allocate(0);

        @Override
        public void setByteBuffer(ByteBuffer bytes) {
            buffer = bytes;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return buffer;
        }

        @Override
        public void expand(int size) {}
    }
}
