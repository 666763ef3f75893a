/** The configuration file: read, bound to records, checked as a whole; every problem is reported at once, with its path and line. */
@NullMarked
package io.sealgate.app.config;

import org.jspecify.annotations.NullMarked;
