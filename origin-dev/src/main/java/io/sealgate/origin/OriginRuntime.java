package io.sealgate.origin;

import java.time.Clock;
import java.util.concurrent.Executor;

/**
 * What all connections of an origin share. Everything in it is safe for any thread.
 *
 * @param workers run what copies whole files
 * @param zeroCopy whether files may go to the socket without passing through the process
 */
record OriginRuntime(
        OriginService service, OriginLog log, FaultScript faults, Executor workers, Clock clock, boolean zeroCopy) {}
