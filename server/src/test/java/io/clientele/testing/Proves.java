package io.clientele.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The routes a test class proves: it sees their effect through another operation and provokes their
 * documented errors. {@code docs/coverage.md} is made from it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(Proves.Several.class)
public @interface Proves {
  /** Routes as {@code routes.txt} has them, without the scope. */
  String[] value();

  /**
   * The area of the operations, such as {@code Core APIs/Subforms}, where one route serves several.
   */
  String area() default "";

  /** Holds an annotation that is repeated. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface Several {
    Proves[] value();
  }
}
