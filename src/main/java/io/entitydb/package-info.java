/** EntityDB, a temporal entity store: one Spring Boot service, one file. */
@NullMarked
package io.entitydb;

import org.jspecify.annotations.NullMarked;
