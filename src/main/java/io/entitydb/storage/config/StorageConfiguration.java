package io.entitydb.storage.config;

import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.StorageObserver;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.OsDisk;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StorageProperties.class)
class StorageConfiguration {

    @Bean
    Disk disk(StorageProperties properties) {
        return new OsDisk(properties.directory());
    }

    /** Closed by its life cycle, in its phase, and not once more by the container. */
    @Bean(destroyMethod = "")
    StorageEngine storageEngine(
            Disk disk, StorageProperties properties, ObjectProvider<StorageObserver> observers) {
        StorageObserver counting = observers.getIfAvailable(() -> StorageObserver.NONE);
        return StorageEngine.over(disk, properties.toOptions(), new LoggedEvents(counting));
    }

    @Bean
    StoreLifecycle storeLifecycle(StorageEngine engine, Disk disk) {
        return new StoreLifecycle(engine, disk.name());
    }
}
