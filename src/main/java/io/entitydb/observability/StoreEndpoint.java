package io.entitydb.observability;

import io.entitydb.storage.StorageEngine;

import lombok.RequiredArgsConstructor;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.stereotype.Component;

/** The management endpoint {@code store}: all figures of the store at one moment. Only reads. */
@Component
@Endpoint(id = "store")
@RequiredArgsConstructor
final class StoreEndpoint {

    private final StorageEngine engine;

    /** The figures. Neither paths nor content, and never the secret of the file. */
    @ReadOperation
    StoreFigures store() {
        return StoreFigures.of(engine.status(), engine.scrub().status());
    }
}
