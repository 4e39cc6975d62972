/** Spans: what becomes one, what they tell, and where they go. */
@NullMarked
package io.entitydb.web.tracing;

import org.jspecify.annotations.NullMarked;
