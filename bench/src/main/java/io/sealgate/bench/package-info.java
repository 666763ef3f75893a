/**
 * The load ladder: the same work through nginx, HAProxy and the gateway, counted in the CPU time of each proxy process.
 * Needs Linux, because that figure is read from {@code /proc}.
 */
@NullMarked
package io.sealgate.bench;

import org.jspecify.annotations.NullMarked;
