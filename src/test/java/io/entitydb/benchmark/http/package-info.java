/** The HTTP interface measured from outside, beside endpoints of the same stack that do nothing. */
@NullMarked
package io.entitydb.benchmark.http;

import org.jspecify.annotations.NullMarked;
