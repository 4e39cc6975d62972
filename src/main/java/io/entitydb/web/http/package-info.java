/** What all requests have in common: paths, headers, bodies and conditions. */
@NullMarked
package io.entitydb.web.http;

import org.jspecify.annotations.NullMarked;
