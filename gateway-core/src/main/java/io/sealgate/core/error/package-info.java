/** What went wrong, as values, and the one place that turns them into COS answers. */
@NullMarked
package io.sealgate.core.error;

import org.jspecify.annotations.NullMarked;
