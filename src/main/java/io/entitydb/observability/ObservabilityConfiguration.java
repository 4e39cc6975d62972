package io.entitydb.observability;

import io.entitydb.backup.BackupMonitor;
import io.entitydb.entity.AccessMonitor;
import io.entitydb.entity.FeedMonitor;
import io.entitydb.search.SearchMonitor;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.StorageObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.Clock;

@Configuration(proxyBeanMethods = false)
class ObservabilityConfiguration {

    @Bean
    RecentForces recentForces() {
        return new RecentForces(System::nanoTime);
    }

    @Bean
    RecentCheckpoints recentCheckpoints() {
        return new RecentCheckpoints(Clock.systemUTC());
    }

    @Bean
    StorageObserver storageObserver(
            MeterRegistry registry,
            RecentForces recentForces,
            RecentCheckpoints recentCheckpoints) {
        return new MicrometerStorageObserver(
                new MeterFactory(registry), recentForces, recentCheckpoints);
    }

    @Bean
    MeterBinder engineMeters(StorageEngine engine, ObjectProvider<BuildProperties> build) {
        BuildProperties properties = build.getIfAvailable();
        String version = properties == null ? null : properties.getVersion();
        return new EngineMeters(engine, version == null ? "unknown" : version);
    }

    @Bean
    MeterBinder backupMeters(ObjectProvider<BackupMonitor> backups) {
        return new BackupMeters(new Figures<>(backups));
    }

    @Bean
    MeterBinder searchMeters(ObjectProvider<SearchMonitor> search) {
        return new SearchMeters(new Figures<>(search));
    }

    @Bean
    MeterBinder feedMeters(ObjectProvider<FeedMonitor> feeds) {
        return new FeedMeters(new Figures<>(feeds));
    }

    @Bean
    MeterBinder accessMeters(ObjectProvider<AccessMonitor> access) {
        return new AccessMeters(new Figures<>(access));
    }
}
