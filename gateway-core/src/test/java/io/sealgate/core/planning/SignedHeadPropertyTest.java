package io.sealgate.core.planning;

import static io.sealgate.core.planning.PlanFixture.HOST;
import static io.sealgate.core.planning.PlanFixture.route;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.sealgate.core.credentials.CosCredentials;
import io.sealgate.core.credentials.StaticCredentials;
import io.sealgate.core.model.Secret;
import io.sealgate.core.request.Heads;
import io.sealgate.core.request.ParsedHead;
import io.sealgate.core.signing.CosSigner;
import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/**
 * What is signed is what the peer reads: heads are planned, signed and written as the origin gets them, and read again
 * by a reader that has nothing in common with the gateway but the documents of COS (436/7778) and RFC 9112. The seed is
 * fixed.
 */
class SignedHeadPropertyTest {

    private static final int ROUNDS = 3_000;
    private static final String SECRET = "throwaway";

    private static final List<String> KEY_PIECES = List.of(
            "a",
            "Z",
            "~",
            "*",
            "+",
            "%2B",
            "%20",
            "%2A",
            "%7E",
            "'",
            "(",
            ")",
            "!",
            "&",
            "=",
            "@",
            ":",
            ",",
            ";",
            "$",
            "%25",
            "%252F",
            "%2F",
            "/",
            "%3F",
            "%23",
            "%5C",
            "%22",
            "-",
            "_",
            ".x",
            "%E4%B8%AD",
            "%F0%9F%98%80",
            "%F0%90%80%80",
            "%C3%A9",
            "e%CC%81",
            "%EF%BB%BF",
            "%E2%80%AE",
            "%C2%A0",
            "%26",
            "%3D",
            "%7B%7D");

    private static final List<String> QUERIES = List.of(
            "",
            "",
            "?versionId=v~*%2B+",
            "?versionId=",
            "?response-content-type=a%2Fb%3B+c",
            "?tagging",
            "?acl",
            "?acl=",
            "?response-cache-control=%F0%9F%98%80~*&response-content-language=a&versionId=%C3%A9",
            "?uploadId=a%2Bb%3D%3D&partNumber=1",
            "?response-expires=a;b",
            "?&tagging&",
            "?uploads",
            "?uploadId=u+v",
            "?response-content-disposition=attachment%3B%20filename*%3DUTF-8''%25E4%25BD%25A0");

    private static final List<String> VALUES = List.of(
            "v", "a b", "a\tb", "~*", "%2B+", "a,b", "a, b", "a;b=\"c\"", "=&", "'()!", "a  b", "bytes=0-1", "*/*", "");

    private static final List<String> NAMES = List.of(
            "x-cos-meta-A~b",
            "x-cos-meta-c*",
            "X-Cos-Meta-D",
            "Content-Type",
            "cache-control",
            "range",
            "if-match",
            "x-cos-storage-class",
            "x-cos-meta-e_f",
            "Expires",
            "x-amz-meta-g",
            "Content-Disposition",
            "x-cos-meta-h|i");

    private final Random random = new Random(20261130);

    private final PlanFixture planner = PlanFixture.signedBy(
            new CosSigner(
                    new StaticCredentials(CosCredentials.permanent("AKIDgateway", Secret.of(SECRET))),
                    Clock.systemUTC()),
            route("/**", "all"));

    /** One head as a reader of HTTP/1.1 has it. */
    private record Read(String method, String target, List<Map.Entry<String, String>> fields) {

        List<String> values(String name) {
            return fields.stream()
                    .filter(field -> field.getKey().equals(name))
                    .map(Map.Entry::getValue)
                    .toList();
        }
    }

    @Test
    void everySignedHeadMeansToItsReaderWhatWasSigned() throws Exception {
        int sent = 0;
        for (int i = 0; i < ROUNDS; i++) {
            String raw = request();
            if (Heads.parse(raw) instanceof ParsedHead.Good good
                    && planner.plan(PlanFixture.CERTIFIED, good.head()) instanceof Plan.Forward forward) {
                Read read = read(written(forward));
                verify(raw, read);
                sent++;
            }
        }
        assertThat(sent).as("heads that were sent").isGreaterThan(ROUNDS / 6);
    }

    private static byte[] written(Plan.Forward forward) {
        EmbeddedChannel channel = new EmbeddedChannel(new HttpRequestEncoder());
        try {
            channel.writeOutbound(forward.request().toHttp());
            ByteBuf bytes = channel.readOutbound();
            try {
                byte[] head = new byte[bytes.readableBytes()];
                bytes.readBytes(head);
                return head;
            } finally {
                bytes.release();
            }
        } finally {
            channel.finishAndReleaseAll();
        }
    }

    /** RFC 9112 §2, §3 and §5: lines end in CRLF, a value loses the blanks around it. */
    private static Read read(byte[] head) {
        List<String> lines = List.of(new String(head, ISO_8859_1).split("\r\n", -1));
        String[] first = lines.get(0).split(" ", -1);
        assertThat(first).hasSize(3);
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        for (String line : lines.subList(1, lines.indexOf(""))) {
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).replaceAll("^[ \t]+|[ \t]+$", "");
            fields.add(Map.entry(line.substring(0, colon).toLowerCase(Locale.ROOT), value));
        }
        return new Read(first[0], first[1], fields);
    }

    private static void verify(String raw, Read read) throws Exception {
        Map<String, String> parts = Arrays.stream(
                        read.values("authorization").get(0).split("&"))
                .map(part -> part.split("=", 2))
                .collect(Collectors.toMap(part -> part[0], part -> part[1]));
        String httpString = read.method().toLowerCase(Locale.ROOT)
                + '\n'
                + URLDecoder.decode(read.target().split("\\?", 2)[0], UTF_8)
                + '\n'
                + canonical(raw, parameters(read.target()), parts.get("q-url-param-list"))
                + '\n'
                + canonical(raw, headers(read), parts.get("q-header-list"))
                + '\n';
        String toSign = "sha1\n" + parts.get("q-sign-time") + '\n'
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(httpString.getBytes(UTF_8)))
                + '\n';
        String signature = hmac(hmac(SECRET, parts.get("q-key-time")), toSign);
        assertThat(parts.get("q-signature")).as(raw + " became " + read).isEqualTo(signature);
        List<String> unsigned = read.fields().stream()
                .filter(field ->
                        field.getKey().startsWith("x-cos-") && !field.getValue().isEmpty())
                .map(field -> encode(field.getKey().getBytes(ISO_8859_1)).toLowerCase(Locale.ROOT))
                .filter(name -> !List.of(parts.get("q-header-list").split(";")).contains(name))
                .toList();
        assertThat(unsigned).as(raw).isEmpty();
    }

    /** In the order of their names, each of which occurs once. */
    private static String canonical(String raw, List<Map.Entry<String, String>> fields, String list) {
        TreeMap<String, String> signed = new TreeMap<>();
        for (Map.Entry<String, String> field : fields) {
            if (List.of(list.split(";")).contains(field.getKey())) {
                assertThat(signed.put(field.getKey(), field.getValue()))
                        .as(raw + ": " + field)
                        .isNull();
            }
        }
        assertThat(String.join(";", signed.keySet())).as(raw).isEqualTo(list);
        return signed.entrySet().stream()
                .map(field -> field.getKey() + '=' + field.getValue())
                .collect(Collectors.joining("&"));
    }

    private static List<Map.Entry<String, String>> parameters(String target) {
        int mark = target.indexOf('?');
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        if (mark >= 0) {
            for (String pair : target.substring(mark + 1).split("&")) {
                String[] sides = (pair + '=').split("=", -1);
                parameters.add(Map.entry(
                        formName(sides[0]),
                        encode(URLDecoder.decode(sides[1], UTF_8).getBytes(UTF_8))));
            }
        }
        return parameters;
    }

    private static String formName(String name) {
        return encode(URLDecoder.decode(name, UTF_8).getBytes(UTF_8)).toLowerCase(Locale.ROOT);
    }

    private static List<Map.Entry<String, String>> headers(Read read) {
        return read.fields().stream()
                .map(field -> Map.entry(
                        encode(field.getKey().getBytes(ISO_8859_1)).toLowerCase(Locale.ROOT),
                        encode(field.getValue().getBytes(ISO_8859_1))))
                .toList();
    }

    private static String encode(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte each : bytes) {
            boolean isPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~".indexOf(each) >= 0;
            out.writeBytes(
                    isPlain ? new byte[] {each} : String.format("%%%02X", each).getBytes(ISO_8859_1));
        }
        return out.toString(ISO_8859_1);
    }

    private static String hmac(String key, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA1"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
    }

    private String request() {
        StringBuilder path = new StringBuilder("/k");
        for (int i = random.nextInt(6); i > 0; i--) {
            path.append(pick(KEY_PIECES));
        }
        String[] headers = new String[1 + random.nextInt(4)];
        headers[0] = "Host: " + HOST;
        for (int i = 1; i < headers.length; i++) {
            headers[i] =
                    pick(NAMES) + ':' + pick(List.of(" ", "", "\t ")) + pick(VALUES) + pick(List.of("", " ", "\t"));
        }
        return Heads.raw(
                pick(List.of("GET", "PUT", "HEAD", "DELETE", "POST")) + ' ' + path + pick(QUERIES) + " HTTP/1.1",
                headers);
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
