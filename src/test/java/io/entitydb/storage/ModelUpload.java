package io.entitydb.storage;

import io.entitydb.entity.Content;
import io.entitydb.entity.ContentUpload;

import java.io.ByteArrayOutputStream;

/** Keeps what is uploaded in memory. */
final class ModelUpload implements ContentUpload {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void write(byte[] more, int from, int count) {
        bytes.write(more, from, count);
    }

    @Override
    public long length() {
        return bytes.size();
    }

    @Override
    public Content finish(String mediaType) {
        return Content.of(mediaType, bytes.toByteArray());
    }

    @Override
    public void close() {
        bytes.reset();
    }
}
