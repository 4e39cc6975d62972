package io.entitydb.web.direct;

import io.entitydb.web.http.LimitedInputStream;
import io.entitydb.web.problem.ProblemException;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;

/** A request whose body was read; whoever reads it again meets the same, errors among it. */
final class ReceivedRequest extends HttpServletRequestWrapper {

    private final byte[] body;
    private final @Nullable Exception failure;

    private ReceivedRequest(HttpServletRequest request, byte[] body, @Nullable Exception failure) {
        super(request);
        this.body = body;
        this.failure = failure;
    }

    /**
     * Reads the body of a request that says its length.
     *
     * @param longest how long that may take
     */
    static ReceivedRequest of(HttpServletRequest request, Duration longest) {
        byte[] body = new byte[request.getContentLength()];
        int read = 0;
        try {
            ServletInputStream in =
                    new LimitedInputStream(request.getInputStream(), body.length, longest);
            int more = in.read(body, 0, body.length);
            while (more > 0) {
                read += more;
                more = in.read(body, read, body.length - read);
            }
            byte[] received = read == body.length ? body : Arrays.copyOf(body, read);
            return new ReceivedRequest(request, received, null);
        } catch (IOException | ProblemException e) {
            return new ReceivedRequest(request, Arrays.copyOf(body, read), e);
        }
    }

    /** The body. */
    byte[] body() {
        return body;
    }

    /** Whether all of the body came. */
    boolean isWhole() {
        return failure == null && body.length == getContentLengthLong();
    }

    @Override
    public ServletInputStream getInputStream() {
        return new Again(new ByteArrayInputStream(body));
    }

    private final class Again extends ServletInputStream {

        private final ByteArrayInputStream bytes;

        private Again(ByteArrayInputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() throws IOException {
            int next = bytes.read();
            if (next < 0) {
                fail();
            }
            return next;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = length == 0 ? 0 : bytes.read(target, offset, length);
            if (read < 0) {
                fail();
            }
            return read;
        }

        private void fail() throws IOException {
            switch (failure) {
                case IOException e -> throw e;
                case ProblemException e -> throw e;
                case null, default -> {
                    // The end.
                }
            }
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("the body was read already");
        }
    }
}
