package io.entitydb.web.http;

import io.entitydb.web.problem.ProblemException;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;

import java.io.IOException;
import java.time.Duration;

/** A body that ends the request when more of it is read than allowed, or it takes too long. */
public final class LimitedInputStream extends ServletInputStream {

    private final ServletInputStream body;
    private final long maxBytes;
    private final Duration longest;
    private final long beginNanos = System.nanoTime();

    private long readBytes;

    /**
     * Bounds a body.
     *
     * @param longest how long it may take from now on
     */
    public LimitedInputStream(ServletInputStream body, long maxBytes, Duration longest) {
        this.body = body;
        this.maxBytes = maxBytes;
        this.longest = longest;
    }

    @Override
    public int read() throws IOException {
        int next = body.read();
        if (next >= 0) {
            count(1);
        }
        return next;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = body.read(target, offset, length);
        if (read > 0) {
            count(read);
        }
        return read;
    }

    private void count(int read) {
        readBytes += read;
        if (readBytes > maxBytes) {
            throw new ProblemException(BodyLimitFilter.tooLarge(maxBytes));
        }
        if (System.nanoTime() - beginNanos > longest.toNanos()) {
            throw ReceivedBody.tooSlow(longest);
        }
    }

    @Override
    public boolean isFinished() {
        return body.isFinished();
    }

    @Override
    public boolean isReady() {
        return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        body.setReadListener(listener);
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
