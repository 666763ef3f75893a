/** Where the gateway's own COS keys come from. */
@NullMarked
package io.sealgate.core.credentials;

import org.jspecify.annotations.NullMarked;
