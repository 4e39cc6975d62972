package io.entitydb.web.http;

import io.entitydb.entity.EntityKey;

import org.springframework.http.HttpStatus;

/**
 * What a change made, or is going to make at the commit.
 *
 * @param key the entity
 * @param version the version; 0 if nothing was written and the entity never existed
 * @param status what the change is answered with when it is a request of its own
 */
public record Written(EntityKey key, long version, HttpStatus status) {}
