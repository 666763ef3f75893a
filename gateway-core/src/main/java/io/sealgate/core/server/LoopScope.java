package io.sealgate.core.server;

import io.sealgate.core.loop.FlushBatch;
import io.sealgate.core.loop.LoopClock;
import io.sealgate.core.upstream.UpstreamPools;

/** What there is once for each event loop. Confined to it. */
record LoopScope(UpstreamPools pools, FlushBatch flushes, LoopClock clock) {}
