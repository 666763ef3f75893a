package io.sealgate.core.exchange;

import io.sealgate.core.config.LimitsConfig;
import io.sealgate.core.load.ProcessLoad;
import io.sealgate.core.loop.FlushBatch;
import io.sealgate.core.loop.LoopClock;
import io.sealgate.core.planning.RequestPlanner;
import io.sealgate.core.rewrite.ExpiryNotice;
import io.sealgate.core.spi.BodyTapFactory;
import io.sealgate.core.spi.ExchangeListener;
import io.sealgate.core.upstream.UpstreamPools;

/**
 * What an exchange works with. One instance per listener and event loop.
 *
 * @param planner  decides; pure
 * @param taps     watch bodies
 * @param pools    origin connections of this event loop
 * @param listener learns of every end
 * @param limits   the listener's limits
 * @param load     what the process carries
 * @param notice   tells clients that their certificate ends
 * @param flushes  of this event loop
 * @param clock    of this event loop
 */
public record ExchangeServices(
        RequestPlanner planner,
        BodyTapFactory taps,
        UpstreamPools pools,
        ExchangeListener listener,
        LimitsConfig limits,
        ProcessLoad load,
        ExpiryNotice notice,
        FlushBatch flushes,
        LoopClock clock) {}
