package io.entitydb.web.http;

import jakarta.servlet.http.HttpServletResponse;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Sends what may be larger than memory, and lets others have their turn meanwhile. */
public final class PiecewiseAnswer {

    private static final int PIECE_BYTES = 64 << 10;

    private PiecewiseAnswer() {}

    /**
     * Sends bytes of a stream. What can fail is tried before the answer begins: then it can still
     * tell the problem.
     *
     * @param length how many
     * @param begin sets the status and the headers
     * @throws EOFException if the stream has fewer
     */
    public static void send(
            InputStream bytes, long length, HttpServletResponse response, Runnable begin)
            throws IOException {
        byte[] piece = new byte[PIECE_BYTES];
        long left = length;
        int read = bytes.readNBytes(piece, 0, (int) Math.min(piece.length, left));
        begin.run();
        Turns turns = new Turns();
        while (left > 0) {
            if (read == 0) {
                throw new EOFException(left + " bytes are missing");
            }
            response.getOutputStream().write(piece, 0, read);
            turns.giveNowAndThen();
            left -= read;
            read = bytes.readNBytes(piece, 0, (int) Math.min(piece.length, left));
        }
    }
}
