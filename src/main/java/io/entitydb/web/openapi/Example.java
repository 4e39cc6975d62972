package io.entitydb.web.openapi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A request that an operation takes and an answer that it gives. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Example {

    /** The body of a request, as JSON; empty if there is none. */
    String request() default "";

    /** The body of an answer that tells of success, as JSON; empty if there is none. */
    String answer() default "";

    /** The same answer in a media type that is not JSON; empty if there is none. */
    String text() default "";

    /** Whether the operation may also create, and then gives the same answer with status 201. */
    boolean mayCreate() default false;
}
