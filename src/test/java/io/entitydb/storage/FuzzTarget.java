package io.entitydb.storage;

import io.entitydb.storage.header.HeaderFuzz;
import io.entitydb.storage.index.ImageFuzz;
import io.entitydb.storage.log.FrameFuzz;
import io.entitydb.storage.log.RecordFuzz;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Decoders that are given any bytes. They answer or refuse; anything else is an error. */
@SuppressWarnings("ImmutableEnumChecker") // The functions hold no state.
enum FuzzTarget {
    /** Both header slots. */
    HEADER(HeaderFuzz.class, HeaderFuzz::fuzzerTestOneInput, HeaderFuzz::seeds, 40),
    /** A log of frames. */
    FRAME(FrameFuzz.class, FrameFuzz::fuzzerTestOneInput, FrameFuzz::seeds, 16),
    /** One record of any kind. */
    RECORD(RecordFuzz.class, RecordFuzz::fuzzerTestOneInput, RecordFuzz::seeds, 40),
    /** An image of the entity index. */
    IMAGE(ImageFuzz.class, ImageFuzz::fuzzerTestOneInput, ImageFuzz::seeds, 4);

    private final Class<?> entry;
    private final Body body;
    private final Supplier<List<byte[]>> seeds;
    private final int percent;

    /** What a fuzzer calls. */
    @FunctionalInterface
    interface Body {

        /** Throws if an input is neither answered nor refused. */
        void run(byte[] input) throws Exception;
    }

    FuzzTarget(Class<?> entry, Body body, Supplier<List<byte[]>> seeds, int percent) {
        this.entry = entry;
        this.body = body;
        this.seeds = seeds;
        this.percent = percent;
    }

    /** Runs it once. */
    void run(byte[] input) throws Exception {
        body.run(input);
    }

    /** The class with the method that the fuzzer calls. */
    String className() {
        return entry.getName();
    }

    /** Inputs that are accepted, for the fuzzer to begin with. */
    List<byte[]> seeds() {
        return seeds.get();
    }

    /** Its part of all executions; slow ones get fewer. */
    int percent() {
        return percent;
    }

    /** Name in lower case. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
