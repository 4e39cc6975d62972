/** The language of queries, and the port that answers them. */
@NullMarked
@ApplicationModule(allowedDependencies = {"entity", "temporal"})
package io.entitydb.query;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
