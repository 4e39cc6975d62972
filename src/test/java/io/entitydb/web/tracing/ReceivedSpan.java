package io.entitydb.web.tracing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A span as it arrives.
 *
 * @param parentId empty at the root of a trace
 * @param attributes those that are texts
 * @param text all that the span is sent as, as if it were text
 */
record ReceivedSpan(
        String traceId,
        String spanId,
        String parentId,
        String name,
        Map<String, String> attributes,
        String text) {

    /** The spans of an {@code ExportTraceServiceRequest} in the binary form of Protocol Buffers. */
    static List<ReceivedSpan> read(byte[] request) {
        List<ReceivedSpan> spans = new ArrayList<>();
        for (byte[] resource : fields(request, 1)) {
            for (byte[] scope : fields(resource, 2)) {
                for (byte[] span : fields(scope, 2)) {
                    spans.add(of(span));
                }
            }
        }
        return spans;
    }

    private static ReceivedSpan of(byte[] span) {
        Map<String, String> attributes = new TreeMap<>();
        for (byte[] attribute : fields(span, 9)) {
            fields(attribute, 2).stream()
                    .flatMap(value -> fields(value, 1).stream())
                    .forEach(value -> attributes.put(text(attribute, 1), utf8(value)));
        }
        return new ReceivedSpan(
                hex(span, 1), hex(span, 2), hex(span, 4), text(span, 5), attributes, utf8(span));
    }

    private static String text(byte[] message, int number) {
        return fields(message, number).stream().findFirst().map(ReceivedSpan::utf8).orElse("");
    }

    private static String hex(byte[] message, int number) {
        return fields(message, number).stream()
                .findFirst()
                .map(HexFormat.of()::formatHex)
                .orElse("");
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The values of a field that has a length: messages, texts and bytes. */
    private static List<byte[]> fields(byte[] message, int number) {
        List<byte[]> values = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            long tag = varint(in);
            switch ((int) (tag & 7)) {
                case 0 -> varint(in);
                case 1 -> in.getLong();
                case 2 -> {
                    byte[] value = new byte[(int) varint(in)];
                    in.get(value);
                    if (tag >>> 3 == number) {
                        values.add(value);
                    }
                }
                case 5 -> in.getInt();
                default -> throw new IllegalArgumentException("no field begins with " + tag);
            }
        }
        return values;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
