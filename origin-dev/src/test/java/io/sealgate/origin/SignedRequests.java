package io.sealgate.origin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Heads of requests that real SDKs signed with a key made up for the purpose. */
final class SignedRequests {
    static final String SECRET_ID = "AKIDthrowaway0000000000000000000000";
    static final String SECRET_KEY = "throwawaySecretKey00000000000000";
    static final String TOKEN = "throwaway-session-token";

    private SignedRequests() {}

    static List<CosRequest> all() throws IOException {
        try (InputStream in = Objects.requireNonNull(SignedRequests.class.getResourceAsStream("signed-requests.txt"))) {
            return Stream.of(new String(in.readAllBytes(), UTF_8).split("\n\n"))
                    .map(SignedRequests::parse)
                    .toList();
        }
    }

    private static CosRequest parse(String text) {
        List<String> lines = text.lines().filter(line -> !line.startsWith("#")).toList();
        String[] requestLine = lines.get(0).split(" ");
        Headers headers = Headers.none();
        for (String line : lines.subList(1, lines.size())) {
            String[] header = line.split(": ?", 2);
            headers = headers.and(header[0], header[1]);
        }
        return request(requestLine[0], requestLine[1], headers);
    }

    static CosRequest request(String method, String target, Headers headers) {
        OriginOptions options =
                OriginOptions.builder().directory(Path.of("unused")).build();
        return CosRequest.parse(new RequestHead(1, 1, method, target, headers), options);
    }

    /** A clock that stands at the start of the request's validity. */
    static Clock clockOf(CosRequest request) {
        String where = request.header("Authorization").orElse(request.head().target());
        var time = Pattern.compile("q-sign-time=([0-9]+)").matcher(where);
        return Clock.fixed(Instant.ofEpochSecond(time.find() ? Long.parseLong(time.group(1)) : 0), ZoneOffset.UTC);
    }
}
