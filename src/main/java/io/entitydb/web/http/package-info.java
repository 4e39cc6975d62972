/** What all requests have in common: paths, bodies, conditions and transactions. */
@NullMarked
package io.entitydb.web.http;

import org.jspecify.annotations.NullMarked;
