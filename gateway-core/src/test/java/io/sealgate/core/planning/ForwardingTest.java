package io.sealgate.core.planning;

import static io.sealgate.core.planning.PlanFixture.route;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpRequest;
import io.sealgate.core.error.CosErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingTest {

    private final PlanFixture planner = PlanFixture.forwarding(route("/**", "all"));

    @Test
    void targetPassesByteForByte() {
        String target = "/a//b/%2Fd%20e%252F*~'()!&=+@:,;$.txt?q-sign-time=1;2&versionId=%61&q-signature=f";

        assertThat(planner.sent("GET " + target).uri()).isEqualTo(target);
    }

    @Test
    void whatTheClientMayHaveSignedStaysAsItCame() {
        String[] headers = {
            "Authorization: q-sign-algorithm=sha1&q-header-list=host",
            "x-cos-security-token: t",
            "x-cos-sdk-retry: true",
            "User-Agent: a",
            "x-cos-acl: public-read",
            "x-cos-server-side-encryption: AES256",
            "x-cos-meta-a: b",
            "Content-Type: a",
            "Accept-Encoding: gzip",
            "Host: EXAMPLEBUCKET-1250000000.cos.ap-guangzhou.myqcloud.com:8443",
            "Cache-Control: "
        };

        HttpRequest sent = planner.sent("PUT /k", headers);

        for (String header : headers) {
            String[] parts = header.split(": ", 2);
            assertThat(sent.headers().getAll(parts[0])).containsExactly(parts[1]);
        }
        assertThat(planner.signatures()).isZero();
    }

    /** The client's key may do more than the policy lets it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-cos-object-lock-mode: COMPLIANCE",
                "x-cos-rename-source: /other",
                "x-cos-symlink-target: other",
                "x-cos-callback: a",
                "x-ci-process: a",
                "x-cos-unheard-of: a",
                "x_cos_acl: private",
            })
    void whatTheOperationDoesNotTakeIsRefusedThoughTheClientSigns(String header) {
        assertThat(planner.refusal("PUT /k", header, "Content-Length: 1")).isNotNull();
    }

    @Test
    void accessIsForThoseWhoMayOrderIt() {
        PlanFixture writing = PlanFixture.forwarding(route("/**", "write"));

        assertThat(writing.refusal("PUT /k", "x-cos-acl: public-read", "Content-Length: 1"))
                .isEqualTo(CosErrorCode.ACCESS_DENIED);
        assertThat(writing.refusal("PUT /k?partNumber=1&uploadId=u", "x-cos-acl: public-read", "Content-Length: 1"))
                .isEqualTo(CosErrorCode.ACCESS_DENIED);
    }

    @Test
    void whatIsSaidTwiceIsRefused() {
        assertThat(planner.refusal("PUT /k", "x-cos-acl: private", "x-cos-acl: public-read", "Content-Length: 1"))
                .isEqualTo(CosErrorCode.INVALID_ARGUMENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD /k", "DELETE /k", "PUT /k"})
    void signedLengthOfNothingIsKept(String line) {
        assertThat(planner.sent(line, "Content-Length: 0").headers().get("content-length"))
                .isEqualTo("0");
        assertThat(planner.sent(line).headers().contains("content-length")).isFalse();
    }

    @Test
    void hopByHopFieldsAndClaimsOfIdentityAreRemoved() {
        String[] removed = {
            "Connection: keep-alive, X-Own", "X-Own: 1", "Keep-Alive: 1", "Proxy-Authorization: a", "TE: trailers",
                    "Upgrade: h2c",
            "X-Forwarded-For: 1", "Forwarded: for=1", "X-Real-IP: 1", "X-Client-Cn: a", "Client-Cert-Chain: a",
                    "X-SSL-Cert: a",
            "X-Amzn-Mtls-Clientcert-Leaf: a", "X-Forwarded-Client-Cert: a", "Via: 1.1 a", "x-http2-scheme: https"
        };

        HttpRequest sent = planner.sent("GET /k", removed);

        assertThat(sent.headers().names()).containsExactly("Host");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Client-Cert",
                "Client-Cert-Chain",
                "X-Forwarded-Client-Cert",
                "X-Forwarded-Tls-Client-Cert",
                "X-Forwarded-Tls-Client-Cert-Info",
                "X-Amzn-Mtls-Clientcert",
                "X-Amzn-Mtls-Clientcert-Serial-Number",
                "X-SSL-Client-CN",
                "X-SSL-Cert",
                "SSL-Client-Cert",
                "SSL-Client-Subject-DN",
                "SSL-Client-Verify",
                "X-Client-Cert",
                "X-Client-Cert-Present",
                "X-Client-DN",
                "X-ClientCert-Subject",
                "X-Cert-CN",
                "X-Certificate",
                "X-Peer-Certificate",
                "X-Common-Name",
                "X-User-DN",
                "X-Tls-Client-Subject",
                "X-Mtls-Verified",
                "X-Spiffe-Id",
                "TLS-Client-Certificate",
                "CF-Client-Cert-Der-Base64",
                "CF-Cert-Verified",
                "Fastly-Client-IP",
                "X-Apigee-Tls-Client-Raw-Cert",
                "X-Goog-Authenticated-User-Email",
                "X-Goog-Iap-Jwt-Assertion",
                "X-Auth-Request-User",
                "X-Amzn-Oidc-Identity",
                "CF-Connecting-IP",
                "CF-Connecting-IPv6",
                "X-Cluster-Client-IP",
                "Remote-User",
                "Remote-Addr",
                "X-Remote-User",
                "X-Authenticated-User",
                "X-Subject-DN",
                "X-TLS-Client-Cert",
                "X-ARR-ClientCert",
                "X-Azure-ClientIP",
                "X-Azure-SocketIP",
                "X-Original-Forwarded-For",
                "Ali-CDN-Real-IP",
                "Cdn-Src-Ip",
                "X-HTTP-Method",
                "X-HTTP-Method-Override",
                "X-Method-Override",
                "X-Sealgate-Error",
                "X-Sealgate-Anything"
            })
    void nobodyBehindLearnsFromTheClientWhoItIs(String name) {
        assertThat(planner.sent("GET /k", name + ": admin").headers().names()).containsExactly("Host");
        assertThat(planner.refusal("GET /k", name.replace('-', '_') + ": admin"))
                .isEqualTo(CosErrorCode.INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-amz-acl: a", "x-amz-copy-source: a", "Pic-Operations: {}"})
    void headersThatMakeAnotherOperationOfItAreRefused(String header) {
        assertThat(planner.refusal("PUT /k", header)).isEqualTo(CosErrorCode.ACCESS_DENIED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /k?imageMogr2",
                "PUT /k?unheard-of",
                "GET /?Prefix=a",
                "PUT /k?x-amz-acl=public-read-write&X-Amz-Signature=1",
                "PUT /k?X-Amz-Copy-Source=%2Fother%2Fkey",
                "PUT /k?x-amz-tagging=a"
            })
    void parametersThatMakeAnotherOperationOfItAreRefused(String line) {
        assertThat(planner.refusal(line)).isEqualTo(CosErrorCode.ACCESS_DENIED);
    }

    @Test
    void bytesThatCannotBeSentAsTheyCameAreRefused() {
        assertThat(planner.refusal("GET /k", "X-A: \u00e4")).isEqualTo(CosErrorCode.INVALID_ARGUMENT);
    }

    @Test
    void expectationGoesOnOnlyIfItIsSigned() {
        String[] unsigned = {
            "Content-Length: 1", "Expect: 100-continue", "Authorization: q-ak=a&q-header-list=host&q-signature=f"
        };
        String[] signed = {
            "Content-Length: 1", "Expect: 100-continue", "Authorization: q-ak=a&q-header-list=expect;host&q-signature=f"
        };

        assertThat(planner.sent("PUT /k", unsigned).headers().contains("expect"))
                .isFalse();
        assertThat(planner.sent("PUT /k", signed).headers().get("expect")).isEqualTo("100-continue");
        for (String list : List.of("expect%3Bhost", "host%3bexpect", "expect")) {
            String presigned = "PUT /k?q-ak=a&q-header-list=" + list + "&q-signature=f";
            assertThat(planner.sent(presigned, "Content-Length: 1", "Expect: 100-continue")
                            .headers()
                            .get("expect"))
                    .as(list)
                    .isEqualTo("100-continue");
        }
    }
}
