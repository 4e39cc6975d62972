/** The description of the interface in OpenAPI 3.1. */
@NullMarked
package io.entitydb.web.openapi;

import org.jspecify.annotations.NullMarked;
