package io.sealgate.core.signing;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The head of a request as an official SDK sent it, signed with a throw-away key. */
record SdkRequest(String name, HttpMethod method, String target, HttpHeaders headers) {

    static final String SECRET_ID = "AKIDthrowaway0000000000000000000000";
    static final String SECRET_KEY = "throwawaySecretKey00000000000000";

    /** All recorded heads: Java 5.6.265, Node 3.0.0 and Android 5.9.51, presigned URLs included. */
    static List<SdkRequest> all() {
        try (InputStream in = Objects.requireNonNull(SdkRequest.class.getResourceAsStream("sdk-requests.txt"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            return Arrays.stream(text.split("\n\n")).map(SdkRequest::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SdkRequest parse(String head) {
        List<String> lines = head.lines().toList();
        String[] requestLine = lines.get(1).split(" ");
        HttpHeaders headers = new DefaultHttpHeaders();
        for (String line : lines.subList(2, lines.size())) {
            int colon = line.indexOf(':');
            headers.add(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return new SdkRequest(
                lines.get(0).substring("# ".length()), HttpMethod.valueOf(requestLine[0]), requestLine[1], headers);
    }

    @Override
    public String toString() {
        return name;
    }
}
