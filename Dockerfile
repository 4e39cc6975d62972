# syntax=docker/dockerfile:1

# The build needs nothing but this directory: the wrapper fetches Maven, and Maven the rest.
FROM eclipse-temurin:25-jdk AS build
# The wrapper fetches Maven with curl and unpacks it with unzip.
RUN apt-get update \
    && apt-get install -y --no-install-recommends curl unzip \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY mvnw pom.xml lombok.config ./
COPY .mvn .mvn
COPY src src
# Tests and checks run before an image is made, not while it is made.
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -B -ntp package -Dmaven.test.skip=true -Djacoco.skip=true -Dexec.skip=true \
    && java -Djarmode=tools -jar target/entitydb.jar extract --layers --destination target/layers \
    && unzip -p target/entitydb.jar META-INF/sbom/application.cdx.json > target/layers/sbom.cdx.json \
    # The class cache names each jar with its time: layers keep seconds, and two builds are to agree.
    && find target/layers -exec touch --no-dereference --date=@1795392000 {} +

# What runs: the next two stages add what the JVM learned from it.
FROM eclipse-temurin:25-jre AS service
WORKDIR /app
# From what changes least to what changes most.
COPY --from=build /build/target/layers/dependencies/ ./
COPY --from=build /build/target/layers/spring-boot-loader/ ./
COPY --from=build /build/target/layers/snapshot-dependencies/ ./
COPY --from=build /build/target/layers/application/ ./
COPY --from=build /build/target/layers/sbom.cdx.json ./
# Logs as JSON, all addresses, management on a port of its own, data in /data.
ENV SPRING_PROFILES_ACTIVE=container

# Starts as far as to the point before the store is opened, and writes down loaded and linked classes.
FROM service AS training
RUN java -XX:AOTCacheOutput=/app/entitydb.aot -Dspring.context.exit=onRefresh -jar /app/entitydb.jar \
    && test -s /app/entitydb.aot

FROM service
LABEL org.opencontainers.image.title="EntityDB" \
      org.opencontainers.image.description="Temporal entity store: one Spring Boot service, one file" \
      org.opencontainers.image.version="0.1.0-SNAPSHOT" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=training /app/entitydb.aot ./
# User 10001 has no name and no home; it owns the data and nothing else.
RUN mkdir /data && chown 10001:10001 /data && chmod 700 /data
USER 10001:10001
VOLUME /data
# The interface, and the management endpoints, which belong to operators alone.
EXPOSE 8080 9090
# Liveness, not readiness: a restart cures neither damage nor a full disk. The image has no curl, and
# the management port speaks no TLS, whatever the other does.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${MANAGEMENT_SERVER_PORT:-9090} && printf 'GET /actuator/health/liveness HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && IFS=' ' read -r -u 3 _ status _ && [ \"$status\" = 200 ]"]
# While nothing is asked, the JVM gives back what the start took. A word behind it is a command:
# docker run --rm -v entitydb:/data entitydb verify /data
ENTRYPOINT ["java", "-XX:AOTCache=/app/entitydb.aot", "-XX:G1PeriodicGCInterval=30000", "-jar", "/app/entitydb.jar"]
