/**
 * The most frequent operations, answered without the framework where a request uses little of it.
 */
@NullMarked
package io.entitydb.web.direct;

import org.jspecify.annotations.NullMarked;
