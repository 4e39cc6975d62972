/** Tests of what operators see. */
@NullMarked
package io.entitydb.observability;

import org.jspecify.annotations.NullMarked;
