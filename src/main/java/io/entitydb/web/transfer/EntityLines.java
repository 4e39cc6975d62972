package io.entitydb.web.transfer;

import io.entitydb.entity.Content;
import io.entitydb.entity.Entity;
import io.entitydb.web.entities.EntityView;

import lombok.RequiredArgsConstructor;

import tools.jackson.databind.json.JsonMapper;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Writes entities as lines of JSON, contents as base64 at the end of the line. Memory: one piece of
 * a content, whatever its length. Used by one thread.
 */
@RequiredArgsConstructor
final class EntityLines {

    /** Divides by three, so that pieces in base64 one behind the other are the whole in base64. */
    private static final int PIECE_BYTES = 48 << 10;

    private static final byte[] CONTENT = ",\"content\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\"}".getBytes(StandardCharsets.US_ASCII);

    private final JsonMapper json;
    private final OutputStream out;
    private boolean isWithinLine;
    private long lines;

    /** Whole lines so far, without the last one. */
    long lines() {
        return lines;
    }

    /**
     * Writes a version. What cannot be read of a small content leaves nothing of the line behind.
     *
     * @throws IOException if the client is gone
     */
    void write(Entity entity) throws IOException {
        byte[] members = EntityView.withoutContent(entity, json);
        if (entity.isDeleted()) {
            out.write(members);
        } else {
            write(members, entity.content());
        }
        out.write('\n');
        isWithinLine = false;
        lines++;
    }

    private void write(byte[] members, Content content) throws IOException {
        byte[] piece = new byte[(int) Math.min(PIECE_BYTES, content.length())];
        try (InputStream bytes = content.source().open()) {
            int read = bytes.readNBytes(piece, 0, piece.length);
            isWithinLine = true;
            out.write(members, 0, members.length - 1);
            out.write(CONTENT);
            long left = content.length() - write(piece, read);
            while (left > 0 && read > 0) {
                read = bytes.readNBytes(piece, 0, (int) Math.min(piece.length, left));
                left -= write(piece, read);
            }
            if (left > 0) {
                throw new EOFException(left + " bytes of the content are missing");
            }
        }
        out.write(END);
    }

    private int write(byte[] piece, int length) throws IOException {
        byte[] bytes = length == piece.length ? piece : java.util.Arrays.copyOf(piece, length);
        out.write(Base64.getEncoder().encode(bytes));
        return length;
    }

    /** Writes the last line, behind what is left of a line that could not be ended. */
    void end(TransferEnd end) throws IOException {
        if (isWithinLine) {
            out.write('\n');
        }
        out.write(json.writeValueAsBytes(end));
        out.write('\n');
        out.flush();
    }
}
