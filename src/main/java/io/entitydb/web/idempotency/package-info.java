/** Requests that are sent again are answered again, not made again. */
@NullMarked
package io.entitydb.web.idempotency;

import org.jspecify.annotations.NullMarked;
