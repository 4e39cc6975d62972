/** Logins, users, roles and keys, and what is answered to those who may not come in. */
@NullMarked
package io.entitydb.web.access;

import org.jspecify.annotations.NullMarked;
