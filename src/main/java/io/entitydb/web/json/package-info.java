/** Differences between JSON values, as JSON Patch. */
@NullMarked
package io.entitydb.web.json;

import org.jspecify.annotations.NullMarked;
