package io.sealgate.app.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.app.ProcessRoom;
import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.IssuedCertificate;
import io.sealgate.core.load.Capacity;
import io.sealgate.core.model.ByteSize;
import io.sealgate.origin.Fault;
import io.sealgate.origin.LoggedRequest;
import io.sealgate.origin.RequestMatcher;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However much one certificate has under way or remembered, another one's is neither refused nor forgotten. */
@Timeout(120)
class ProcessShareIT {

    /** Of parts, and of appended objects. */
    private static final int REMEMBERED = 20;

    private static final int EXCHANGES = 16;
    private static final Pattern UPLOAD_ID = Pattern.compile("<UploadId>([^<]*)</UploadId>");
    private static final RequestMatcher BUSY = RequestMatcher.path("/busy");
    private static final String ROUTES = """
              - name: limited
                match: {hosts: [localhost], path: /**}
                origin: cos
                operations: [all]
                uploads: {max-size: 3MiB}
            """;

    @TempDir
    private static Path directory;

    private static Ground ground;
    private static IssuedCertificate other;

    @BeforeAll
    static void start() throws Exception {
        Capacity capacity = new Capacity(EXCHANGES, EXCHANGES, ByteSize.ofMiB(16));
        ground = Ground.start(
                directory, 2, site -> site.routes(ROUTES).room(new ProcessRoom(capacity, REMEMBERED, REMEMBERED)));
        other = ground.site().authority().issue(CertificateSpec.client("device-2"));
    }

    @AfterAll
    static void stop() {
        ground.close();
    }

    @BeforeEach
    void startAfresh() {
        ground.site().origin().faults().clear();
        ground.site().origin().log().clear();
    }

    @ParameterizedTest
    @EnumSource
    void partsOfOneClientPushOutNoneOfAnother(Protocol protocol) throws Exception {
        try (Peer quiet = ground.connect(protocol);
                Peer busy = ground.connect(protocol, other)) {
            String mine = begin(quiet, "/mine-" + protocol);
            byte[] part = {1};
            assertThat(sendPart(quiet, "/mine-" + protocol, mine, 1, part)).isEqualTo(200);
            String others = begin(busy, "/others-" + protocol);
            for (int number = 1; number <= 2 * REMEMBERED; number++) {
                assertThat(sendPart(busy, "/others-" + protocol, others, number, part))
                        .isEqualTo(200);
            }

            assertThat(complete(quiet, "/mine-" + protocol, mine, part)).isEqualTo(200);
            assertThat(asked("GET")).as("what is remembered is not asked for").isEmpty();
            assertThat(complete(busy, "/others-" + protocol, others, part)).isEqualTo(200);
            assertThat(asked("GET")).as("ListParts").isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void appendsOfOneClientPushOutNoneOfAnother(Protocol protocol) throws Exception {
        try (Peer quiet = ground.connect(protocol);
                Peer busy = ground.connect(protocol, other)) {
            assertThat(append(quiet, "/mine-" + protocol, 0)).isEqualTo(200);
            for (int i = 0; i < 2 * REMEMBERED; i++) {
                assertThat(append(busy, "/others-" + protocol + i, 0)).isEqualTo(200);
            }

            assertThat(append(quiet, "/mine-" + protocol, 1)).isEqualTo(200);
            assertThat(asked("HEAD")).as("what is remembered is not asked for").isEmpty();
            assertThat(append(busy, "/others-" + protocol + 0, 1)).isEqualTo(200);
            assertThat(asked("HEAD")).hasSize(1);
        }
    }

    @Test
    void streamsOfOneClientLeaveHalfOfTheExchangesToOthersHoweverManyCertificatesItHas() throws Exception {
        IssuedCertificate renewed = ground.site().authority().issue(CertificateSpec.client("device-2"));
        ground.site().origin().faults().times(EXCHANGES, BUSY, new Fault.Stall());
        try (Peer one = ground.connect(Protocol.HTTP_2, other);
                Peer two = ground.connect(Protocol.HTTP_2, renewed)) {
            for (int i = 0; i < EXCHANGES / 4; i++) {
                one.head("GET", "/busy", Map.of(), false);
                two.head("GET", "/busy", Map.of(), false);
            }
            Await.until("at the origin", () -> asked("GET").size(), count -> count == EXCHANGES / 2);

            try (Peer more = ground.connect(Protocol.HTTP_1, renewed)) {
                assertThat(more.get("/probe").status()).isEqualTo(503);
            }
            ground.assertServes(Protocol.HTTP_1);
            ground.assertServes(Protocol.HTTP_2);
            one.reset();
            two.reset();
        }
    }

    private static String begin(Peer peer, String key) throws IOException {
        Matcher id = UPLOAD_ID.matcher(
                peer.exchange("POST", key + "?uploads", Map.of(), new byte[0]).text());
        assertThat(id.find()).isTrue();
        return id.group(1);
    }

    private static int sendPart(Peer peer, String key, String id, int number, byte[] body) throws IOException {
        return peer.exchange("PUT", key + "?partNumber=" + number + "&uploadId=" + id, length(body), body)
                .status();
    }

    private static int complete(Peer peer, String key, String id, byte[] part) throws Exception {
        byte[] body =
                "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>%s</ETag></Part></CompleteMultipartUpload>"
                        .formatted(HexFormat.of()
                                .formatHex(MessageDigest.getInstance("MD5").digest(part)))
                        .getBytes(UTF_8);
        return peer.exchange("POST", key + "?uploadId=" + id, length(body), body)
                .status();
    }

    private static int append(Peer peer, String key, int position) throws IOException {
        byte[] piece = {1};
        return peer.exchange("POST", key + "?append&position=" + position, length(piece), piece)
                .status();
    }

    private static Map<String, String> length(byte[] body) {
        return Map.of("content-length", Integer.toString(body.length));
    }

    private static List<LoggedRequest> asked(String method) {
        return ground.site().origin().log().requests().stream()
                .filter(request -> request.method().equals(method))
                .toList();
    }
}
