/** The interface against a plain model of what it promises. */
@NullMarked
package io.entitydb.web.model;

import org.jspecify.annotations.NullMarked;
