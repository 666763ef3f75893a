/** Which clients a route is for. */
@NullMarked
package io.sealgate.core.clients;

import org.jspecify.annotations.NullMarked;
