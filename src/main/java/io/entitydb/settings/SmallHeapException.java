package io.entitydb.settings;

/** The heap is too small for the service to start. */
final class SmallHeapException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SmallHeapException(String message) {
        super(message);
    }
}
