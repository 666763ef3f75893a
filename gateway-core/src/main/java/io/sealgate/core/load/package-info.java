/** What the process can carry at the same time, and how much of that one client may take. */
@NullMarked
package io.sealgate.core.load;

import org.jspecify.annotations.NullMarked;
