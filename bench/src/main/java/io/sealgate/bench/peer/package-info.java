/** The proxies under measurement: their configurations, their processes, and what those processes consume. */
@NullMarked
package io.sealgate.bench.peer;

import org.jspecify.annotations.NullMarked;
