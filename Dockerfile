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
    && java -Djarmode=tools -jar target/entitydb.jar extract --layers --destination target/layers

FROM eclipse-temurin:25-jre
LABEL org.opencontainers.image.title="EntityDB" \
      org.opencontainers.image.description="Temporal entity store: one Spring Boot service, one file" \
      org.opencontainers.image.version="0.1.0-SNAPSHOT" \
      org.opencontainers.image.licenses="Apache-2.0"
# User 10001 has no name and no home; it owns the data and nothing else.
RUN mkdir /data && chown 10001:10001 /data && chmod 700 /data
WORKDIR /app
# From what changes least to what changes most.
COPY --from=build /build/target/layers/dependencies/ ./
COPY --from=build /build/target/layers/spring-boot-loader/ ./
COPY --from=build /build/target/layers/snapshot-dependencies/ ./
COPY --from=build /build/target/layers/application/ ./
# A container has a network of its own, and its loopback reaches nobody. There is no authentication
# yet: publish the port to this machine only, as in -p 127.0.0.1:8080:8080.
ENV ENTITYDB_STORAGE_DIRECTORY=/data \
    SERVER_ADDRESS=0.0.0.0
USER 10001:10001
VOLUME /data
EXPOSE 8080
# Liveness, not readiness: a restart cures neither damage nor a full disk. The image has no curl.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /livez HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && IFS=' ' read -r -u 3 _ status _ && [ \"$status\" = 200 ]"]
ENTRYPOINT ["java", "-jar", "entitydb.jar"]
