package io.sealgate.app.config;

import io.netty.channel.local.LocalAddress;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
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
import io.sealgate.core.request.CosTarget;
import io.sealgate.core.request.CosTargetParser;
import io.sealgate.core.request.OperationResolver;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A request as the tables in {@code policies/} write it. */
record PolicyRow(
        ConnectionContext connection,
        RequestHead head,
        CosOperation operation,
        String key,
        List<QueryParameter> query,
        String hostName)
        implements RequestFacts {

    private static final long NOW = Instant.parse("2026-06-01T00:00:00Z").toEpochMilli();

    /** The lines of a table, cut into their columns. */
    static Stream<List<String>> table(String name) throws IOException {
        try (InputStream table = PolicyRow.class.getResourceAsStream("/policies/" + name)) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.isBlank() && !line.startsWith("#"))
                            .map(line -> Stream.of(line.split("\\|"))
                                    .map(String::strip)
                                    .toList())
                            .toList()
                            .stream();
        }
    }

    static PolicyRow parse(ClientIdentity client, String text) {
        String[] words = text.split(" +");
        HttpHeaders headers = new DefaultHttpHeaders();
        Map<String, String> facts =
                new HashMap<>(Map.of("ip", "10.1.2.3", "tls", "1.3", "host", "gw.example", "length", "none"));
        for (int i = 2; i < words.length; i++) {
            if (words[i].startsWith("@")) {
                facts.put(words[i].substring(1).split("=")[0], words[i].substring(words[i].indexOf('=') + 1));
            } else {
                String[] header = words[i].split(":", 2);
                headers.add(header[0], header[1]);
            }
        }
        RequestHead head = new RequestHead(
                RequestId.next(),
                HttpVersion.HTTP_1_1,
                HttpMethod.valueOf(words[0]),
                words[1],
                facts.get("host"),
                headers,
                framing(facts.get("length")),
                false);
        CosTarget target = CosTargetParser.parse(head, host -> false).fold(found -> found, error -> {
            throw new IllegalArgumentException(text + ": " + error);
        });
        CosOperation operation = OperationResolver.resolve(head.method(), target, headers)
                .fold(found -> found, error -> {
                    throw new IllegalArgumentException(text + ": " + error);
                });
        return new PolicyRow(
                connection(client, facts), head, operation, target.key(), target.query(), target.hostName());
    }

    private static BodyFraming framing(String length) {
        return switch (length) {
            case "none" -> new BodyFraming.None();
            case "chunked" -> new BodyFraming.Streamed();
            default -> new BodyFraming.Fixed(Long.parseLong(length));
        };
    }

    private static ConnectionContext connection(ClientIdentity client, Map<String, String> facts) {
        String ip = facts.get("ip");
        SocketAddress address = ip.equals("none") ? new LocalAddress("app") : new InetSocketAddress(ip, 4711);
        ConnectionContext.Tls tls = facts.get("tls").equals("none")
                ? null
                : new ConnectionContext.Tls("TLSv" + facts.get("tls"), "TLS_AES_256_GCM_SHA384", null);
        return new ConnectionContext("edge", address, client, tls);
    }

    @Override
    public long now() {
        return NOW;
    }
}
