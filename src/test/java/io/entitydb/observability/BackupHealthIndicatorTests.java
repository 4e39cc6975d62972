package io.entitydb.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.backup.BackupMonitor;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import java.util.Map;

class BackupHealthIndicatorTests {

    private static final long MADE_AT = 1_764_500_000_000_000_000L;

    private static Health health(BackupMonitor.@Nullable Status status) {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        if (status != null) {
            BackupMonitor monitor = () -> status;
            beans.addBean("monitor", monitor);
        }
        return new BackupHealthIndicator(beans.getBeanProvider(BackupMonitor.class)).health();
    }

    private static BackupMonitor.Status status(
            boolean isOn, @Nullable String failure, @Nullable String stale) {
        return new BackupMonitor.Status(
                isOn, false, 1, 2, 3, 4, MADE_AT, MADE_AT, 17, failure, stale);
    }

    @Test
    void whereBackupsAreOffThatIsAllRight() {
        for (Health off : new Health[] {health(null), health(status(false, null, null))}) {
            assertThat(off.getStatus()).isEqualTo(Status.UP);
            assertThat(off.getDetails()).isEqualTo(Map.of("state", "off"));
        }
    }

    @Test
    void freshBackupIsUp() {
        Health health = health(status(true, null, null));

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails())
                .containsEntry("state", "waiting")
                .containsEntry("lastSequence", 17L)
                .containsEntry("lastSuccess", "2025-11-30T10:53:20Z");
    }

    @Test
    void failedOrStaleBackupIsDegraded() {
        assertThat(health(status(true, "backup-target-full", null)))
                .returns(StoreStatus.DEGRADED, Health::getStatus)
                .extracting(Health::getDetails)
                .satisfies(
                        details ->
                                assertThat(details).containsEntry("failure", "backup-target-full"));
        assertThat(health(status(true, null, "too old")))
                .returns(StoreStatus.DEGRADED, Health::getStatus)
                .extracting(Health::getDetails)
                .satisfies(details -> assertThat(details).containsEntry("stale", "too old"));
    }
}
