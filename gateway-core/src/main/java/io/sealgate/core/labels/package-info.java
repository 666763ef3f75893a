/** What stays with an object of who has uploaded it: metadata and tags. */
@NullMarked
package io.sealgate.core.labels;

import org.jspecify.annotations.NullMarked;
