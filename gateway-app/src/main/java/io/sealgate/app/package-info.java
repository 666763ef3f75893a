/** The program: puts the parts together and runs them. The only place that sees everything. */
@NullMarked
package io.sealgate.app;

import org.jspecify.annotations.NullMarked;
