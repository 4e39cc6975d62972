package io.entitydb.web.http;

import org.apache.coyote.AbstractProcessor;
import org.apache.coyote.Constants;
import org.apache.coyote.Request;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * HTTP as Tomcat speaks it, with an end to waiting for the head of a request: Tomcat by itself
 * waits for the next byte each time anew, so that who sends one now and then holds a connection as
 * long as it likes. Made by name through reflection, as Tomcat makes its protocols.
 */
public final class PunctualProtocol extends Http11NioProtocol {

    private static final long SWEEP_MILLIS = 500;

    private volatile long headerNanos = Duration.ofSeconds(30).toNanos();
    private @Nullable ScheduledFuture<?> sweep;

    /** Sets how long the head of a request may take to arrive, from its first byte on. */
    public void setHeaderTimeout(Duration longest) {
        headerNanos = longest.toNanos();
    }

    @Override
    public void start() throws Exception {
        super.start();
        sweep =
                getUtilityExecutor()
                        .scheduleWithFixedDelay(
                                this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() throws Exception {
        ScheduledFuture<?> running = sweep;
        if (running != null) {
            running.cancel(false);
        }
        super.stop();
    }

    private void sweep() {
        for (SocketWrapperBase<NioChannel> connection : getEndpoint().getConnections()) {
            // A connection that waits for more of the head of a request keeps its processor.
            if (connection.getCurrentProcessor() instanceof AbstractProcessor processor
                    && !processor.isAsync()
                    && !processor.isUpgrade()
                    && isLate(processor.getRequest())) {
                connection.setError(new SocketTimeoutException("the head of a request is late"));
                connection.processSocket(SocketEvent.ERROR, true);
            }
        }
    }

    private boolean isLate(Request request) {
        long start = request.getStartTimeNanos();
        int stage = request.getRequestProcessor().getStage();
        boolean isWaiting = stage == Constants.STAGE_PARSE || stage == Constants.STAGE_ENDED;
        return isWaiting && start > 0 && System.nanoTime() - start > headerNanos;
    }
}
