package io.entitydb.web.http;

import jakarta.servlet.http.HttpServletResponse;

import lombok.RequiredArgsConstructor;

import org.springframework.stereotype.Component;

/**
 * Tells in every answer which transaction it reflects: the snapshot that was read, or the
 * transaction of the write. Reading as of that transaction gives the same answer again.
 */
@Component
@RequiredArgsConstructor
public final class TransactionHeader {

    /** The name of the header. */
    public static final String NAME = "EntityDB-Transaction";

    /** Spring's stand-in for the answer of the request that the present thread works on. */
    private final HttpServletResponse response;

    /** Tells a transaction, in place of one told before. */
    public void tell(long sequence) {
        response.setHeader(NAME, Long.toString(sequence));
    }
}
