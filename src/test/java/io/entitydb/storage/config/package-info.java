/** Tests of the engine's place in a Spring application. */
@NullMarked
package io.entitydb.storage.config;

import org.jspecify.annotations.NullMarked;
