package io.sealgate.origin;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.origin.RawClient.Reply;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncryptionIT {
    private static final String SSE = "x-cos-server-side-encryption: ";
    private static final String[] CUSTOMER_KEY = {
        "x-cos-server-side-encryption-customer-algorithm: AES256",
        "x-cos-server-side-encryption-customer-key: MDEyMzQ1Njc4OUFCQ0RFRjAxMjM0NTY3ODlBQkNERUY=",
        "x-cos-server-side-encryption-customer-key-MD5: U5L61r7jcwdNvT7frmUG8g=="
    };

    @TempDir
    Path directory;

    private OriginFixture cos;

    @BeforeEach
    void start() throws IOException {
        cos = new OriginFixture(directory, options -> options.customerKeysNeedTls(false));
    }

    @AfterEach
    void stop() throws IOException {
        cos.close();
    }

    @ParameterizedTest
    @CsvSource({"AES256, true", "SM4, true", "cos/kms, false"})
    void managedEncryptionIsEchoedAndOnlyKmsHidesTheMd5(String algorithm, boolean etagIsMd5) throws IOException {
        Reply put = cos.put("/a", "hello", SSE + algorithm);
        Reply get = cos.get("/a");

        assertThat(put.header("x-cos-server-side-encryption")).isEqualTo(algorithm);
        assertThat(get.header("x-cos-server-side-encryption")).isEqualTo(algorithm);
        assertThat(get.header("ETag").equals("\"5d41402abc4b2a76b9719d911017c592\""))
                .isEqualTo(etagIsMd5);
        assertThat(get.header("x-cos-hash-crc64ecma")).isEqualTo("11177612005948864433");
    }

    @Test
    void theKmsKeyIsEchoed() throws IOException {
        Reply put = cos.put(
                "/a",
                "hello",
                SSE + "cos/kms",
                "x-cos-server-side-encryption-cos-kms-key-id: key-1",
                "x-cos-server-side-encryption-context: e30=");

        assertThat(put.header("x-cos-server-side-encryption-cos-kms-key-id")).isEqualTo("key-1");
        assertThat(cos.stored("a").encryption()).isEqualTo(new Encryption.Kms("key-1", "e30="));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x-cos-server-side-encryption: AES128",
                "x-cos-server-side-encryption: aes256",
                "x-cos-server-side-encryption-cos-kms-key-id: key-1",
            })
    void whatIsNotSupportedCommitsNothing(String header) throws IOException {
        assertThat(cos.put("/a", "hello", header).text()).contains("SSEContentNotSupported");
        assertThat(cos.exists("a")).isFalse();
    }

    @Test
    void encryptionHeadersAreForWritingWholeObjectsOnly() throws IOException {
        cos.put("/a", "hello");

        assertThat(cos.get("/a", SSE + "AES256").text()).contains("SSEHeaderNotAllowed");
        assertThat(cos.send("HEAD", "/a", SSE + "AES256").status()).isEqualTo(400);
        assertThat(cos.send("DELETE", "/a", SSE + "AES256").text()).contains("SSEHeaderNotAllowed");
    }

    @Test
    void onlyTheBeginningOfAnUploadSaysHowItsObjectIsEncrypted() throws IOException {
        String upload = MultipartIT.initiate(cos, "/m", SSE + "SM4");
        String part = "/m?partNumber=1&uploadId=" + upload;

        Reply put = cos.put(part, "x", SSE + "cos/kms", SSE.replace(": ", "-context: ") + "e30=");
        Reply list = cos.get("/m?uploadId=" + upload, SSE + "AES256");
        Reply completed = cos.post(
                "/m?uploadId=" + upload,
                "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>" + put.header("ETag")
                        + "</ETag></Part></CompleteMultipartUpload>",
                SSE + "AES256");

        assertThat(put.header("x-cos-server-side-encryption")).isEqualTo("SM4");
        assertThat(list.status()).isEqualTo(200);
        assertThat(completed.status()).isEqualTo(200);
        assertThat(cos.stored("m").encryption()).isEqualTo(new Encryption.Managed("SM4"));
    }

    @Test
    void aCustomersObjectNeedsTheCustomersKey() throws IOException {
        Reply put = cos.put("/a", "hello", CUSTOMER_KEY);

        assertThat(put.header("x-cos-server-side-encryption-customer-key-MD5")).isEqualTo("U5L61r7jcwdNvT7frmUG8g==");
        assertThat(put.header("ETag")).isNotEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
        assertThat(cos.get("/a").text()).contains("SsecDecryptHeaderInvalid");
        assertThat(cos.get("/a", CUSTOMER_KEY).text()).isEqualTo("hello");
        assertThat(cos.send("HEAD", "/a", CUSTOMER_KEY).status()).isEqualTo(200);
    }

    @Test
    void aKeyThatIsNotTheOneItsMd5SaysIsRefused() throws IOException {
        Reply put = cos.put("/a", "hello", CUSTOMER_KEY[0], CUSTOMER_KEY[1], CUSTOMER_KEY[2].replace("U5", "V5"));

        assertThat(put.text()).contains("SSEContentNotSupported");
    }

    @Test
    void aKeyForAnObjectThatNeedsNoneIsRefused() throws IOException {
        cos.put("/a", "hello");

        assertThat(cos.get("/a", CUSTOMER_KEY).text()).contains("SSEHeaderNotAllowed");
    }

    @Test
    void everyPartOfACustomersUploadNeedsTheKey() throws IOException {
        String upload = MultipartIT.initiate(cos, "/m", CUSTOMER_KEY);

        assertThat(cos.put("/m?partNumber=1&uploadId=" + upload, "x").text()).contains("SsecDecryptHeaderInvalid");
        assertThat(cos.put("/m?partNumber=1&uploadId=" + upload, "x", CUSTOMER_KEY)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void customerKeysDoNotTravelInTheClearByDefault() throws IOException {
        try (OriginFixture plain = new OriginFixture(directory.resolve("other"))) {
            assertThat(plain.put("/a", "hello", CUSTOMER_KEY).status()).isEqualTo(400);
            assertThat(plain.exists("a")).isFalse();
        }
    }
}
