/** The feed of changes: pages, long polls and live events, all read from the log. */
@NullMarked
package io.entitydb.web.changes;

import org.jspecify.annotations.NullMarked;
