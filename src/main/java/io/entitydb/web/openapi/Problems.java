package io.entitydb.web.openapi;

import io.entitydb.web.problem.ProblemType;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The problems that an operation may answer with, besides those of all operations. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Problems {

    /** The kinds of problems. */
    ProblemType[] value();

    /** Whether the operation changes nothing although its method may. */
    boolean isReading() default false;
}
