/** Who may do what. Only this package can make a {@link io.sealgate.core.policy.Permit}. */
@NullMarked
package io.sealgate.core.policy;

import org.jspecify.annotations.NullMarked;
