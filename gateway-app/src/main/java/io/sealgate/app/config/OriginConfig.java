package io.sealgate.app.config;

import static java.util.Objects.requireNonNullElse;

import io.sealgate.core.config.OriginTimeoutsConfig;
import io.sealgate.core.config.PoolConfig;
import io.sealgate.core.spi.HeadSigner;
import io.sealgate.core.spi.UpstreamSecurity;
import io.sealgate.core.upstream.Origin;
import io.sealgate.tls.UpstreamTlsConfig;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A bucket, how to reach it and with what credentials.
 *
 * @param name        for routes, logs and metrics
 * @param bucket      bucket with appid
 * @param region      the bucket's region
 * @param endpoint    where to dial, or {@code null} for the bucket's own host
 * @param auth        whose key signs; must be said
 * @param credentials the gateway's key, where that is the one
 * @param tls         TLS towards the origin, or {@code null} for the defaults
 * @param pool        connection limits
 * @param timeouts    how long to wait for it
 */
public record OriginConfig(
        String name,
        String bucket,
        String region,
        @Nullable Endpoint endpoint,
        @Nullable Auth auth,
        @Nullable CredentialsConfig credentials,
        @Nullable UpstreamTlsConfig tls,
        PoolConfig pool,
        OriginTimeoutsConfig timeouts) {

    public OriginConfig {
        name = requireNonNullElse(name, "");
        bucket = requireNonNullElse(bucket, "");
        region = requireNonNullElse(region, "");
        pool = requireNonNullElse(pool, PoolConfig.defaults());
        timeouts = requireNonNullElse(timeouts, OriginTimeoutsConfig.defaults());
    }

    /** The bucket's own host: what {@code Host} says and the signature covers, wherever is dialled. */
    public String host() {
        return (bucket + ".cos." + region + ".myqcloud.com").toLowerCase(Locale.ROOT);
    }

    /** Where to dial. */
    public Endpoint endpointOrDefault() {
        return endpoint == null ? new Endpoint(true, host(), 443) : endpoint;
    }

    /** The origin itself; {@code signer} and {@code security} are what the caller has made of the other settings. */
    public Origin toOrigin(@Nullable HeadSigner signer, @Nullable UpstreamSecurity security) {
        Endpoint dialled = endpointOrDefault();
        return new Origin(
                name,
                bucket,
                region,
                host(),
                dialled.host(),
                dialled.port(),
                signer,
                security,
                dialled.isConfidential(),
                pool,
                timeouts);
    }

    /** Whose key signs. */
    public enum Auth {
        /** The gateway's. */
        SIGN,
        /** The client's: signature and Host go on untouched. */
        FORWARD
    }
}
