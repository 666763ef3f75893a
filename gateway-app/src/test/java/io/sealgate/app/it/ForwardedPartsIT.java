package io.sealgate.app.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.origin.Fault;
import io.sealgate.origin.RequestMatcher;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Headers;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A limit of objects where the client signs: what the gateway has not seen stored it cannot ask for. */
class ForwardedPartsIT {

    private static final Pattern UPLOAD_ID = Pattern.compile("<UploadId>([^<]*)</UploadId>");
    private static final RequestMatcher PART = RequestMatcher.method("PUT").and(RequestMatcher.parameter("partNumber"));
    private static final RequestMatcher COMPLETE =
            RequestMatcher.method("POST").and(RequestMatcher.parameter("uploadId"));

    private static final String ROUTES = """
              - name: limited
                match: {hosts: [localhost], path: /**}
                origin: cos
                operations: [all]
                integrity: {upload: {crc64: none}}
                uploads: {max-size: 1KiB}
            """;

    @TempDir
    private Path directory;

    private static PeerAnswer ask(Peer peer, String method, String target, byte[] body) throws IOException {
        Map<String, String> headers = new HashMap<>(Map.of("content-length", Integer.toString(body.length)));
        String signed = DeviceSigner.accepted().authorization(method, target, Headers.of("host", "localhost"));
        headers.put("authorization", signed);
        return peer.exchange(method, target, headers, body);
    }

    private static PeerAnswer complete(Peer peer, String target, byte[] part)
            throws IOException, GeneralSecurityException {
        String etag = HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(part));
        String document = "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>" + etag
                + "</ETag></Part></CompleteMultipartUpload>";
        return ask(peer, "POST", target, document.getBytes(UTF_8));
    }

    @ParameterizedTest
    @EnumSource
    void onlyWhatWasSeenStoredIsCompleted(Protocol protocol) throws Exception {
        byte[] first = Ground.bytes(1000);
        byte[] second = Ground.bytes(900);
        try (Ground ground =
                        Ground.start(directory, 1, site -> site.auth("forward").routes(ROUTES));
                Peer peer = ground.connect(protocol)) {
            Matcher id = UPLOAD_ID.matcher(
                    ask(peer, "POST", "/a?uploads", new byte[0]).text());
            assertThat(id.find()).isTrue();
            String upload = "/a?uploadId=" + id.group(1);
            String part = "/a?partNumber=1&uploadId=" + id.group(1);

            ground.site().origin().faults().next(PART, new Fault.DropBeforeResponse());
            ask(peer, "PUT", part, second);
            Ground.assertOwnError(complete(peer, upload, second), 503, "ServiceUnavailable", "origin");
            assertThat(ask(peer, "PUT", part, first).status()).isEqualTo(200);
            Ground.assertOwnError(complete(peer, upload, second), 503, "ServiceUnavailable", "origin");

            ground.site().origin().faults().next(COMPLETE, new Fault.ErrorInBody("InternalError"));
            assertThat(complete(peer, upload, first).text()).contains("InternalError");
            assertThat(complete(peer, upload, first).status())
                    .as("the origin is asked again, and has completed it by now")
                    .isEqualTo(404);
            assertThat(ground.stored("a")).isEqualTo(first);
        }
    }
}
