package io.sealgate.core.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3AnswersTest {

    @ParameterizedTest
    @CsvSource({
        "x-cos-meta-who, x-amz-meta-who, me, me",
        "x-cos-request-id, x-amz-request-id, a, a",
        "x-cos-trace-id, x-amz-id-2, a, a",
        "x-cos-version-id, x-amz-version-id, v, v",
        "x-cos-delete-marker, x-amz-delete-marker, true, true",
        "x-cos-storage-class, x-amz-storage-class, STANDARD_IA, STANDARD_IA",
        "x-cos-server-side-encryption, x-amz-server-side-encryption, AES256, AES256",
        "x-cos-server-side-encryption, x-amz-server-side-encryption, cos/kms, aws:kms",
        "x-cos-server-side-encryption-cos-kms-key-id, x-amz-server-side-encryption-aws-kms-key-id, k, k"
    })
    void twinsAreAdded(String cos, String s3, String value, String said) {
        HttpHeaders headers = new DefaultHttpHeaders().add(cos, value);

        S3Answers.addTwins(headers);

        assertThat(headers.get(s3)).isEqualTo(said);
        assertThat(headers.get(cos)).isEqualTo(value);
        assertThat(headers).hasSize(2);
    }

    @Test
    void whatTheOriginSaysItselfStays() {
        HttpHeaders headers =
                new DefaultHttpHeaders().add("x-cos-request-id", "a").add("x-amz-request-id", "b");

        S3Answers.addTwins(headers);

        assertThat(headers.getAll("x-amz-request-id")).containsExactly("b");
    }

    @Test
    void theRestHasNoTwin() {
        HttpHeaders headers = new DefaultHttpHeaders()
                .add("ETag", "\"e\"")
                .add("x-cos-hash-crc64ecma", "1")
                .add("x-cosx", "a");

        S3Answers.addTwins(headers);

        assertThat(headers).hasSize(3);
    }
}
