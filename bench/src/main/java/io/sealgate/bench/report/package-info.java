/** From raw measurements to a Markdown table and a JSON file. */
@NullMarked
package io.sealgate.bench.report;

import org.jspecify.annotations.NullMarked;
