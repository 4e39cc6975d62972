package io.entitydb.backup;

import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.io.Disk;
import io.entitydb.storage.io.OsDisk;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes backups a part of the service. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BackupProperties.class)
class BackupConfiguration {

    /** Closed by its life cycle, in its phase, and not once more by the container. */
    @Bean(destroyMethod = "")
    Backups backups(StorageEngine engine, Disk disk, BackupProperties properties) {
        return new Backups(
                engine,
                disk,
                properties.directory() == null ? null : new OsDisk(properties.directory()),
                properties.toOptions());
    }

    @Bean
    BackupLifecycle backupLifecycle(Backups backups, BackupProperties properties) {
        return new BackupLifecycle(backups, properties.toSchedule());
    }

    @Bean
    BackupMonitor backupMonitor(
            Backups backups, StorageEngine engine, Disk disk, BackupProperties properties) {
        return new BackupAge(backups, engine, disk::now, properties.maxAge());
    }
}
