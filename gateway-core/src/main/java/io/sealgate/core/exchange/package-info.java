/** The driver of one request and its response: pumps, gates, deadlines, one terminal transition. */
@NullMarked
package io.sealgate.core.exchange;

import org.jspecify.annotations.NullMarked;
