package io.sealgate.core.request;

import static io.sealgate.core.request.Heads.raw;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.model.QueryParameter;
import io.sealgate.core.request.CosTarget.Naming;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CosTargetParserTest {

    private static final String VIRTUAL = "b-1.cos.ap-x.myqcloud.com";

    /** Hosts of the gateway's own that are addressed in path style, and one of COS's, which nobody can make so. */
    private static final Set<String> OWN_PATH_STYLE = Set.of("ps.example", "[::1]", VIRTUAL);

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "b-1.cos.ap-x.myqcloud.com,           b-1, ap-x",
                "B-1.COS.ap-x.myqcloud.com:8443,      b-1, ap-x",
                "b-1.cos.ap-x.tencentcos.cn,          b-1, ap-x",
                "b-1.cos-internal.ap-x.tencentcos.cn, b-1, ap-x",
                "b-1.cos.accelerate.myqcloud.com,     b-1, -",
                "gw.example,                          -,   -",
                "gw.example:8443,                     -,   -",
                "127.0.0.1,                           -,   -",
                "127.0.0.1:443,                       -,   -",
                "[2001:db8::1],                       -,   -",
                "[2001:DB8::1]:8443,                  -,   -",
                "b-1.cos.ap-x.myqcloud.com:443,       b-1, ap-x",
                "b-1.cos.ap-x.myqcloud.com.evil.org,  -,   -",
                "evilmyqcloud.com,                    -,   -",
            })
    void bucketComesFromTheHost(String host, String bucket, String region) {
        CosTarget target = good("/k", host);

        assertThat(target.bucket()).isEqualTo(bucket);
        assertThat(target.region()).isEqualTo(region);
        assertThat(target.key()).isEqualTo("k");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "service.cos.myqcloud.com",
                "myqcloud.com",
                "b-1.ci.ap-x.myqcloud.com",
                "b-1.pic.ap-x.myqcloud.com",
                "a.b-1.cos.ap-x.myqcloud.com",
                "b_1.cos.ap-x.myqcloud.com",
                "b-1.cos.ap-x.tencentci.cn",
                "cos.accelerate.myqcloud.com",
                "b-1.cos-website.ap-x.myqcloud.com"
            })
    void hostsOfTencentThatAreNoBucketAreMisdirected(String host) {
        assertThat(code("/k", host)).isEqualTo(CosErrorCode.MISDIRECTED_REQUEST);
    }

    @Test
    void pathStyleNamesTheBucketInThePath() {
        CosTarget object = good("/b-1/dir/k", "cos.ap-x.myqcloud.com");
        CosTarget bucket = good("/b-1", "cos.ap-x.myqcloud.com");

        assertThat(object.bucket()).isEqualTo("b-1");
        assertThat(object.key()).isEqualTo("dir/k");
        assertThat(bucket.isBucket()).isTrue();
    }

    /** Whoever splits before decoding sees another bucket, and no key. */
    @ParameterizedTest
    @ValueSource(strings = {"/b-1%2Fk", "/b-1%2fdir/k", "/%62-1/k", "/b%2D1/k", "/b-1%2F", "/b%2D1"})
    void pathStyleBucketHasNoEscapes(String path) {
        assertThat(code(path, "cos.ap-x.myqcloud.com")).isEqualTo(CosErrorCode.INVALID_URI);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/?max-keys=1", "/B/k", "//k", "/..%2Fb-1/k"})
    void pathStyleWithoutABucketIsMisdirected(String path) {
        assertThat(code(path, "cos.ap-x.myqcloud.com")).isEqualTo(CosErrorCode.MISDIRECTED_REQUEST);
    }

    @ParameterizedTest
    @CsvSource({
        "/b-1/dir/k,       ps.example,      dir/k",
        "/b-1/dir/k,       PS.EXAMPLE:8443, dir/k",
        "/b-1/dir/k,       [::1],           dir/k",
        "/b-1/dir/k,       [::1]:8443,      dir/k",
        "/b-1,             ps.example,      ''",
        "/b-1/,            ps.example,      ''",
        "/b-1/a//k,        ps.example,      a//k",
        "/b-1%2Fk,         ps.example,      k",
        "/%62-1/k,         ps.example,      k",
        "/b-1/b-1/k,       ps.example,      b-1/k",
        "/b-1/?max-keys=1, ps.example,      ''",
    })
    void pathStyleHostOfTheGatewaysOwnHasTheBucketInThePath(String path, String host, String key) {
        CosTarget target = good(path, host);

        assertThat(target.naming()).isEqualTo(Naming.PATH);
        assertThat(target.bucket()).isEqualTo("b-1");
        assertThat(target.key()).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/?max-keys=1", "/B/k", "//k", "//b-1/k", "/../b-1/k", "/b_1/k", "/b-1+/k", "/b-1%00/k"})
    void pathStyleHostOfTheGatewaysOwnHasNoOtherBuckets(String path) {
        assertThat(code(path, "ps.example")).isEqualTo(CosErrorCode.NO_SUCH_BUCKET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/b-1/../k",
                "/b-1/.",
                "/b-1/..%2Fother-1/k",
                "/b-1%2F..%2Fother-1/k",
                "/b-1/%FF",
                "/b-1//",
                "/b-1/%2F",
                "/b-1//k",
                "/b-1%2F%2F",
                "/b-1/./"
            })
    void keyCannotLeaveTheBucketOfThePath(String path) {
        assertThat(code(path, "ps.example")).isEqualTo(CosErrorCode.INVALID_URI);
    }

    @Test
    void hostOfCosIsReadAsCosReadsIt() {
        assertThat(good("/b-1/k", VIRTUAL).key()).isEqualTo("b-1/k");
        assertThat(good("/b-1/k", "gw.example").key()).isEqualTo("b-1/k");
        assertThat(good("/b-1/k", "other.ps.example").naming()).isEqualTo(Naming.ROUTE);
    }

    @ParameterizedTest
    @CsvSource({
        "/a%20b,           'a b'",
        "/a+b,             'a+b'",
        "/a%2Bb,           'a+b'",
        "/a%252Fb,         'a%2Fb'",
        "/a%2Fb,           'a/b'",
        "/a//b,            'a//b'",
        "/a%5Cb,           'a\\b'",
        "/%E4%B8%AD,       中",
        "/a;b=(c)*~$@:!',  'a;b=(c)*~$@:!'''",
        "/...,             '...'",
        "/a./.b,           'a./.b'",
    })
    void keyIsDecodedOnce(String path, String key) {
        assertThat(good(path, VIRTUAL).key()).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//",
                "///",
                "/%2F",
                "/%2f%2F/",
                "/./",
                "/%2E/%2F.",
                "//.//..",
                "//a",
                "/%2Fadmin/secret",
                "/%5C",
                "/%5Ca",
                "/..",
                "/.",
                "/a%18b",
                "/a%19b",
                "/a%1Ab",
                "/a%1Bb",
                "/a/../b",
                "/a/./b",
                "/a/%2e%2e/b",
                "/a/..%2Fb",
                "/a%2F..",
                "/%2E",
                "/a%00b",
                "/a%0Ab",
                "/%7F",
                "/%C2%85",
                "/%FF",
                "/%C0%AF",
                "/%ED%A0%80",
                "/a/%2Fb/..%2Fc/.%2Fd"
            })
    void keysThatSomeReaderWouldReadOtherwiseAreRefused(String path) {
        assertThat(code(path, VIRTUAL)).isEqualTo(CosErrorCode.INVALID_URI);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/?prefix=%5Cadmin/",
                "/?prefix=./admin/",
                "/?prefix=../admin",
                "/?prefix=mine/../admin/",
                "/?prefix=mine%2F%2e%2e%2fadmin%2F",
                "/?prefix=mine/./",
                "/?versions&prefix=mine/../",
                "/?uploads&prefix=mine/../"
            })
    void prefixesThatSomeReaderWouldReadOtherwiseAreRefused(String target) {
        assertThat(code(target, VIRTUAL)).isEqualTo(CosErrorCode.INVALID_URI);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/.", "a/..", "a/.hidden/", "a/..b/", "a\\b", "/a", "a//b"})
    void prefixesThatKeysMayBeginWithAreRead(String prefix) {
        assertThat(good("/?prefix=" + prefix.replace("\\", "%5C"), VIRTUAL).value("prefix"))
                .isEqualTo(prefix);
    }

    @Test
    void keyLengthIsCountedInBytes() {
        assertThat(good("/" + "%E4%B8%AD".repeat(283) + "a", VIRTUAL).key()).hasSize(284);
        assertThat(code("/" + "%E4%B8%AD".repeat(284), VIRTUAL)).isEqualTo(CosErrorCode.KEY_TOO_LONG);
    }

    @Test
    void emptyVersionIsNone() {
        assertThat(good("/k?versionId=&acl", VIRTUAL).query()).containsExactly(new QueryParameter("acl", ""));
        assertThat(good("/k?versionId", VIRTUAL).query()).isEmpty();
        assertThat(good("/k?versionId=null", VIRTUAL).query()).containsExactly(new QueryParameter("versionId", "null"));
    }

    @Test
    void onlyAmpersandSeparatesParameters() {
        assertThat(good("/?prefix=a;b%26c&&uploads&delimiter=", VIRTUAL).query())
                .containsExactly(
                        new QueryParameter("prefix", "a;b&c"),
                        new QueryParameter("uploads", ""),
                        new QueryParameter("delimiter", ""));
    }

    @Test
    void credentialsAreNoParameters() {
        String query =
                "?q-sign-algorithm=sha1&q-ak=a&q-sign-time=1;2&q-key-time=1%3B2&q-header-list=host&q-url-param-list="
                        + "&q-signature=f&x-cos-security-token=t&token=u&versionId=v"
                        + "&X-Amz-Algorithm=a&X-Amz-Credential=c&x-amz-date=d&X-Amz-Expires=1&X-AMZ-SIGNEDHEADERS=host"
                        + "&X-Amz-Signature=s&X-Amz-Security-Token=t";

        assertThat(good("/k" + query, VIRTUAL).query()).containsExactly(new QueryParameter("versionId", "v"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-amz-acl", "X-Amz-Tagging", "x-amz-copy-source", "X-Amz-Signature-Extra", "x-amz-"})
    void whatOnlyLooksLikeACredentialIsAParameter(String name) {
        assertThat(good("/k?" + name + "=a", VIRTUAL).query()).containsExactly(new QueryParameter(name, "a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/?a=1&a=2", "/?prefix=a&%70refix=b", "/?uploads&uploads"})
    void repeatedParameterIsRefused(String target) {
        assertThat(code(target, VIRTUAL)).isEqualTo(CosErrorCode.INVALID_ARGUMENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/?prefix=%FF", "/?%00", "/?=a", "/?prefix=%0d%0a"})
    void unreadableQueryIsRefused(String target) {
        assertThat(code(target, VIRTUAL)).isEqualTo(CosErrorCode.INVALID_URI);
    }

    private static Judged<CosTarget> parse(String target, String host) {
        return CosTargetParser.parse(
                Heads.good(raw("GET " + target + " HTTP/1.1", "Host: " + host)), OWN_PATH_STYLE::contains);
    }

    private static CosTarget good(String target, String host) {
        return parse(target, host).fold(value -> value, error -> {
            throw new AssertionError(error);
        });
    }

    private static CosErrorCode code(String target, String host) {
        return parse(target, host)
                .fold(
                        value -> {
                            throw new AssertionError(value);
                        },
                        error -> error.code());
    }
}
