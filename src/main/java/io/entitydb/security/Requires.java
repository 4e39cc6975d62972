package io.entitydb.security;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The rights that an operation needs, before anything of it is looked at. Where the path names a
 * dataset, they are needed in that dataset. An operation without this annotation is refused to
 * everybody.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Requires {

    /** All of these are needed; none if the operation looks by itself at what the caller may do. */
    Right[] value() default {};

    /** Whether callers who have not shown who they are may come in. */
    boolean isOpen() default false;
}
