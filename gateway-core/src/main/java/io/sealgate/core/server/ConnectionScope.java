package io.sealgate.core.server;

import io.sealgate.core.exchange.ExchangeServices;
import io.sealgate.core.load.ClientLoad;
import io.sealgate.core.model.ConnectionContext;
import io.sealgate.core.request.RequestHeadParser;

/**
 * What the exchanges of one downstream connection have in common, the streams of an HTTP/2 connection included.
 *
 * @param services what exchanges work with, on this connection's event loop
 * @param context  what is known of the connection
 * @param client   what its client has of the process
 * @param tenure   how long its client may begin exchanges
 * @param slot     its place in the listener
 * @param parser   judges heads by the listener's limits
 */
record ConnectionScope(
        ExchangeServices services,
        ConnectionContext context,
        ClientLoad client,
        Tenure tenure,
        ConnectionSlot slot,
        RequestHeadParser parser) {}
