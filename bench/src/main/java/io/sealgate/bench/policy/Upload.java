package io.sealgate.bench.policy;

import io.netty.channel.local.LocalAddress;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.sealgate.core.cam.RequestFacts;
import io.sealgate.core.model.BodyFraming;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ConnectionContext;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.QueryParameter;
import io.sealgate.core.model.RequestHead;
import io.sealgate.core.model.RequestId;
import java.time.Instant;
import java.util.List;

/** An upload as a gateway would present it to policies. */
record Upload(
        ConnectionContext connection,
        RequestHead head,
        CosOperation operation,
        List<QueryParameter> query,
        String hostName)
        implements RequestFacts {

    private static final String HOST = "gateway.example.com";

    /** By the device that is called {@code name}. */
    static Upload by(String name) {
        ClientIdentity client = new ClientIdentity.Certified(
                "CN=" + name,
                name,
                List.of(),
                "01",
                "CN=Fleet CA",
                "ab".repeat(32),
                "cd".repeat(32),
                Instant.parse("2030-01-01T00:00:00Z"),
                List.of());
        RequestHead head = new RequestHead(
                RequestId.next(),
                HttpVersion.HTTP_1_1,
                HttpMethod.PUT,
                "/",
                HOST,
                new DefaultHttpHeaders().add("content-type", "image/jpeg"),
                new BodyFraming.Fixed(100_000),
                false);
        return new Upload(
                new ConnectionContext("edge", new LocalAddress("bench"), client, null),
                head,
                CosOperation.PUT_OBJECT,
                List.of(),
                HOST);
    }
}
