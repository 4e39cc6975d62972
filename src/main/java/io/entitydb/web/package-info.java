/** The REST interface under {@code /api/v1}, and how the server that answers it is set up. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"entity", "query", "security", "storage :: error", "temporal"})
package io.entitydb.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
