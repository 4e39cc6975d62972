/** What operators see of the store: health, meters and the {@code store} management endpoint. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "backup",
            "entity",
            "search",
            "storage",
            "storage :: error",
            "storage :: header"
        })
package io.entitydb.observability;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
