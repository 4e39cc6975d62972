/** Instants and points of the past, in nanoseconds; pure Java. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.entitydb.temporal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
