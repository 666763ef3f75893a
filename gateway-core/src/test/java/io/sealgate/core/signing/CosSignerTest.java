package io.sealgate.core.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealgate.core.credentials.CosCredentials;
import io.sealgate.core.credentials.StaticCredentials;
import io.sealgate.core.model.QueryParameter;
import io.sealgate.core.model.Secret;
import io.sealgate.core.signing.SignatureCheck.Valid;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CosSignerTest {

    private static final Instant NOW = Instant.ofEpochSecond(1795445481);
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Secret SECRET_KEY = Secret.of("key");
    private static final CosCredentials PERMANENT = CosCredentials.permanent("AKIDgateway", SECRET_KEY);
    private static final CosCredentials TEMPORARY = new CosCredentials("AKIDgateway", SECRET_KEY, Secret.of("session"));

    @Test
    void signedRequestVerifiesAsTheOriginSeesIt() {
        HttpHeaders headers = host().add("Content-Length", "5").add("x-cos-meta-name", "caf\u00C3\u00A9 +&=;");
        List<QueryParameter> query =
                List.of(new QueryParameter("uploadId", "a+b/c=="), new QueryParameter("partNumber", "1"));

        signer(PERMANENT).sign(HttpMethod.PUT, "/dir/a+b 腾//%2F", query, headers);

        String target = "/dir/a%2Bb%20%E8%85%BE//%252F?uploadId=a%2Bb%2Fc%3D%3D&partNumber=1";
        assertThat(verify(HttpMethod.PUT, target, headers)).isInstanceOfSatisfying(Valid.class, valid -> {
            assertThat(valid.headers()).containsExactlyInAnyOrder("content-length", "host", "x-cos-meta-name");
            assertThat(valid.parameters()).containsExactlyInAnyOrder("partnumber", "uploadid");
        });
    }

    @Test
    void whatItsReaderTakesOffAValueIsNeitherSignedNorSent() {
        HttpHeaders headers =
                host().add("x-cos-meta-a", "v w\t ").add("x-cos-meta-b", "v").add("Range", "bytes=0- ");

        signer(PERMANENT).sign(HttpMethod.GET, "/k", List.of(), headers);

        assertThat(headers.get("x-cos-meta-a")).isEqualTo("v w");
        assertThat(headers.get("range")).isEqualTo("bytes=0-");
        assertThat(verify(HttpMethod.GET, "/k", headers)).isInstanceOf(Valid.class);
    }

    @Test
    void everythingThatCosActsOnIsSigned() {
        String[] signed = {
            "cache-control",
            "content-disposition",
            "content-encoding",
            "content-language",
            "content-length",
            "content-md5",
            "content-type",
            "expires",
            "host",
            "if-match",
            "if-modified-since",
            "if-none-match",
            "if-range",
            "if-unmodified-since",
            "origin",
            "range",
            "x-ci-process",
            "x-cos-acl",
            "x-cos-security-token",
            "x-cos-server-side-encryption"
        };
        HttpHeaders headers = new DefaultHttpHeaders();
        for (String name : signed) {
            headers.add(name, "value");
        }
        headers.add("User-Agent", "device").add("Connection", "keep-alive").add("Date", "today");

        signer(TEMPORARY).sign(HttpMethod.PUT, "/a", List.of(), headers);

        assertThat(field(headers, "q-header-list")).isEqualTo(String.join(";", signed));
    }

    @Test
    void emptyHeaderStaysUnsigned() {
        HttpHeaders headers = host().add("Cache-Control", "");

        signer(PERMANENT).sign(HttpMethod.PUT, "/a", List.of(), headers);

        assertThat(field(headers, "q-header-list")).isEqualTo("host");
    }

    @Test
    void headerOfSeveralLinesIsSentAsTheOneLineThatWasSigned() {
        HttpHeaders headers = host().add("x-cos-meta-a", "1").add("X-Cos-Meta-A", "2");

        signer(PERMANENT).sign(HttpMethod.PUT, "/a", List.of(), headers);

        assertThat(headers.getAll("x-cos-meta-a")).containsExactly("1, 2");
        assertThat(verify(HttpMethod.PUT, "/a", headers)).isInstanceOf(Valid.class);
    }

    @Test
    void signatureHoldsFromAMinuteAgoForItsValidity() {
        HttpHeaders headers = host();

        new CosSigner(new StaticCredentials(PERMANENT), CLOCK, Duration.ofMinutes(5))
                .sign(HttpMethod.GET, "/a", List.of(), headers);

        assertThat(field(headers, "q-sign-time")).isEqualTo("1795445421;1795445781");
        assertThat(field(headers, "q-key-time")).isEqualTo("1795445421;1795445781");
    }

    @Test
    void tokenOfTemporaryCredentialsIsSentAndSigned() {
        HttpHeaders headers = host();

        signer(TEMPORARY).sign(HttpMethod.GET, "/a", List.of(), headers);

        assertThat(headers.get("x-cos-security-token")).isEqualTo("session");
        assertThat(field(headers, "q-header-list")).isEqualTo("host;x-cos-security-token");
    }

    @Test
    void foreignAuthorizationAndTokenAreReplaced() {
        HttpHeaders headers = host().add("Authorization", "foreign")
                .add("authorization", "foreign")
                .add("x-cos-security-token", "foreign");

        signer(PERMANENT).sign(HttpMethod.GET, "/a", List.of(), headers);

        assertThat(headers.contains("x-cos-security-token")).isFalse();
        assertThat(headers.getAll("authorization")).singleElement().asString().startsWith("q-sign-algorithm=sha1&");
    }

    @Test
    void credentialsAreAskedForAnewEachTime() {
        CosCredentials[] current = {PERMANENT};
        CosSigner signer = new CosSigner(() -> current[0], CLOCK);
        HttpHeaders headers = host();
        signer.sign(HttpMethod.GET, "/a", List.of(), headers);
        current[0] = CosCredentials.permanent("AKIDrotated", SECRET_KEY);

        signer.sign(HttpMethod.GET, "/a", List.of(), headers);

        assertThat(field(headers, "q-ak")).isEqualTo("AKIDrotated");
    }

    @Test
    void requestThatCannotBeSignedUnambiguouslyIsNotSigned() {
        HttpHeaders headers = host();
        List<QueryParameter> twice = List.of(new QueryParameter("prefix", "a"), new QueryParameter("Prefix", "b"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> signer(PERMANENT).sign(HttpMethod.GET, "/", twice, headers))
                .withMessage("query parameter: prefix twice (expected: once)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> signer(PERMANENT).sign(HttpMethod.GET, "/", List.of(), new DefaultHttpHeaders()))
                .withMessageStartingWith("host: missing");
        assertThat(headers.contains("Authorization")).isFalse();
    }

    private static CosSigner signer(CosCredentials credentials) {
        return new CosSigner(new StaticCredentials(credentials), CLOCK);
    }

    private static HttpHeaders host() {
        return new DefaultHttpHeaders().add("Host", "examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com");
    }

    private static SignatureCheck verify(HttpMethod method, String target, HttpHeaders headers) {
        return new CosSignatureVerifier(id -> Optional.of(SECRET_KEY), CLOCK, Duration.ZERO)
                .verify(method, target, headers);
    }

    private static String field(HttpHeaders headers, String name) {
        String[] fields = headers.get("Authorization", "").split("&");
        for (String field : fields) {
            if (field.startsWith(name + "=")) {
                return field.substring(name.length() + 1);
            }
        }
        return "";
    }
}
