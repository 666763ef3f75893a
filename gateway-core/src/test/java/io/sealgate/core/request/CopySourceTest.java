package io.sealgate.core.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CopySourceTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "b-1.cos.r.myqcloud.com/a%20b,                 b-1,   a b,  -",
                "b-1.cos.r.myqcloud.com/%E4%B8%AD%2B,          b-1,   中+,  -",
                "b-1-1.cos.r.myqcloud.com/k,                   b-1-1, k,    -",
                "b-1.cosv6.r.myqcloud.com/k,                   b-1,   k,    -",
                "b-1.cos-internal.r.tencentcos.cn/k,           b-1,   k,    -",
                "b-1.cos.r.myqcloud.com/k?versionId=v%3D,      b-1,   k,    v=",
                "b-1.cos.r.myqcloud.com/k?versionId=,          b-1,   k,    -",
                "b-1.cos.r.myqcloud.com/a//k,                  b-1,   a//k, -",
            })
    void sourceIsRead(String value, String bucket, String key, String versionId) {
        CopySource source = CopySource.parse(value, false).fold(parsed -> parsed, error -> {
            throw new AssertionError(error);
        });

        assertThat(source).isEqualTo(new CopySource(bucket, "r", key, key, versionId));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "k",
                "/k",
                "b-1/k",
                "/b-1/k",
                "gw.example/k",
                "b-1.cos.r.myqcloud.com",
                "b-1.cos.r.myqcloud.com/",
                "http://b-1.cos.r.myqcloud.com/k",
                "b-1.cos.r.myqcloud.com//k",
                "b-1.cos.r.myqcloud.com/%2F",
                "b-1.cos.r.myqcloud.com/%2Fk",
                "b-1.cos.r.myqcloud.com/%5Ck",
                "b-1.cos.r.myqcloud.com/./",
                "b-1.cos.r.myqcloud.com/k%1A",
                "b-1.cos.r.myqcloud.com/k?versionId=a+b",
                "b-1.cos.r.myqcloud.com/k?versionId=%00",
                "b-1.cos.r.myqcloud.com/%zz",
                "b-1.cos.r.myqcloud.com/%ff",
                "b-1.cos.r.myqcloud.com/a/../b",
                "b-1.cos.r.myqcloud.com/%2e%2e/b",
                "b-1.cos.r.myqcloud.com/k?x=1",
                "b-1.cos.r.myqcloud.com/k?versionId=v&x=1",
                "b-1.cos.r.myqcloud.com:80/k",
                "b-1.cos.accelerate.myqcloud.com/k",
                "service.cos.myqcloud.com/k",
                "cos.r.myqcloud.com/b-1/k",
                "b-1.cos.r.myqcloud.com\\@e/k",
                "B-1.cos.r.myqcloud.com/k"
            })
    void sourceWithMoreThanOneReadingIsRefused(String value) {
        assertThat(CopySource.parse(value, false)).isInstanceOf(Judged.Bad.class);
    }

    @Test
    void rawPlusIsAPlusAndInBytesThatGoOnPerhapsASpace() {
        CopySource source = CopySource.parse("b-1.cos.r.myqcloud.com/a//b+c%2Bd%20e", true)
                .fold(parsed -> parsed, error -> {
                    throw new AssertionError(error);
                });

        assertThat(source.key()).isEqualTo("a//b+c+d e");
        assertThat(source.readings(false).others()).containsExactly("a/b+c+d e");
        assertThat(source.readings(true).others()).containsExactlyInAnyOrder("a/b+c+d e", "a//b c+d e", "a/b c+d e");
    }

    @Test
    void repeatedAppidIsTheSameBucketOnlyWhereItCanBeRewritten() {
        CopySource slip = new CopySource("b-1-1", "r", "k", "k", null);

        assertThat(slip.isIn("b-1", "r")).isTrue();
        assertThat(slip.isExactlyIn("b-1", "r")).isFalse();
        assertThat(slip.isIn("c-1", "r")).isFalse();
        assertThat(slip.isIn("b-1", "s")).isFalse();
    }
}
