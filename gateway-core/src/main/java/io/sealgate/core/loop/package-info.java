/** What belongs to an event loop and is shared by what runs on it. */
@NullMarked
package io.sealgate.core.loop;

import org.jspecify.annotations.NullMarked;
