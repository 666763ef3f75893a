/** What a bucket says about itself when it is asked before a gateway is started. */
@NullMarked
package io.sealgate.app.online;

import org.jspecify.annotations.NullMarked;
