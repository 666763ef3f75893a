package io.sealgate.core.upstream;

import io.sealgate.core.config.OriginTimeoutsConfig;
import io.sealgate.core.config.PoolConfig;
import io.sealgate.core.spi.HeadSigner;
import io.sealgate.core.spi.UpstreamSecurity;
import org.jspecify.annotations.Nullable;

/**
 * One bucket, how to reach it and with what credentials. Everything here comes from configuration: nothing a client sends
 * decides where the gateway dials or which bucket it names.
 *
 * @param name     for logs and metrics
 * @param bucket   bucket with appid
 * @param region   the bucket's region
 * @param host     the bucket's own host name: the {@code Host} that is sent and signed
 * @param dialHost where to connect
 * @param dialPort where to connect
 * @param signer   signs with the gateway's key ({@code sign}), or {@code null} where the client's own signature goes on untouched ({@code forward})
 * @param security TLS towards the origin, or {@code null} for plain HTTP
 * @param isConfidential whether nobody on the way can read what is sent: by TLS, or because it stays on this machine
 * @param pool     connection limits
 * @param timeouts how long to wait for it
 */
public record Origin(
        String name,
        String bucket,
        String region,
        String host,
        String dialHost,
        int dialPort,
        @Nullable HeadSigner signer,
        @Nullable UpstreamSecurity security,
        boolean isConfidential,
        PoolConfig pool,
        OriginTimeoutsConfig timeouts) {

    /** Whether the gateway signs with its own key. */
    public boolean signs() {
        return signer != null;
    }
}
