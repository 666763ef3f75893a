package io.sealgate.core.observe;

import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ConnectionContext;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.RequestId;
import io.sealgate.core.spi.CorruptVersion;
import io.sealgate.core.spi.ExchangeReport;
import io.sealgate.core.spi.ExchangeReport.Outcome;
import io.sealgate.core.spi.TapResult;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reports as an exchange would make them. */
final class Reports {

    private static final ConnectionContext CONNECTION = new ConnectionContext(
            "edge", InetSocketAddress.createUnresolved("client", 1), new ClientIdentity.Anonymous(), null);

    private Reports() {}

    /** An upload of 10 bytes whose MD5 was right. */
    static ExchangeReport upload() {
        return upload(new TapResult.Matched("md5", "abc="));
    }

    /** The same with another verdict on its bytes. */
    static ExchangeReport upload(TapResult verdict) {
        return upload(verdict, null);
    }

    /** The same with what was made of what it stored. */
    static ExchangeReport withCorruptVersion(CorruptVersion.Outcome outcome) {
        return upload(new TapResult.Matched("md5", "abc="), new CorruptVersion(outcome, null));
    }

    private static ExchangeReport upload(TapResult verdict, @Nullable CorruptVersion corruptVersion) {
        return new ExchangeReport(
                CONNECTION,
                new RequestId("id"),
                Instant.EPOCH,
                Duration.ofMillis(7),
                "HTTP/2",
                "PUT",
                "/key",
                "localhost",
                null,
                "telemetry",
                CosOperation.PUT_OBJECT,
                "cos",
                200,
                10,
                3,
                Outcome.COMPLETED,
                null,
                null,
                List.of(verdict),
                List.of(),
                List.of(),
                null,
                0,
                corruptVersion);
    }

    /** A request that matched nothing and was refused. */
    static ExchangeReport refused() {
        return new ExchangeReport(
                CONNECTION,
                new RequestId("id"),
                Instant.EPOCH,
                Duration.ofMillis(1),
                "HTTP/1.1",
                "GET",
                "/key",
                "localhost",
                null,
                null,
                null,
                null,
                403,
                0,
                100,
                Outcome.REFUSED,
                new GatewayError.Denied("Access Denied.", "anonymous"),
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                0,
                null);
    }
}
