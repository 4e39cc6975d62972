package io.entitydb.web.changes;

import io.entitydb.entity.ChangeLog;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ChangesProperties.class)
class ChangesConfiguration {

    @Bean
    Feeds changeFeeds(ChangeLog log, ChangesProperties properties) {
        return new Feeds(log, properties.maxFeeds(), properties.maxFeedsPerPrincipal());
    }
}
