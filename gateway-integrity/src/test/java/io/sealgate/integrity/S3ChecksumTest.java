package io.sealgate.integrity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class S3ChecksumTest {

    /** The check values of the catalogues of CRCs, and of RFC 3174 and FIPS 180-4 implementations. */
    @ParameterizedTest
    @CsvSource({
        "CRC32, cbf43926",
        "CRC32C, e3069283",
        "CRC64NVME, ae8b14860a799888",
        "SHA1, f7c3bc1d808e04732adf679965ccc34ca7ae3441",
        "SHA256, 15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"
    })
    void digitsHaveTheirCheckValue(S3Checksum checksum, String value) {
        RunningDigest digest = checksum.start();
        digest.update(ByteBuffer.wrap("123456789".getBytes(US_ASCII)));

        byte[] actual = digest.finish();

        assertThat(ChecksumHeaders.hex(actual)).isEqualTo(value);
        assertThat(actual).hasSize(checksum.bytes());
    }

    @ParameterizedTest
    @EnumSource(S3Checksum.class)
    void theSplitDoesNotMatter(S3Checksum checksum) {
        Random random = new Random(7);
        byte[] data = new byte[10_000];
        random.nextBytes(data);
        RunningDigest whole = checksum.start();
        whole.update(ByteBuffer.wrap(data));
        RunningDigest split = checksum.start();
        for (int i = 0; i < data.length; ) {
            int length = Math.min(data.length - i, 1 + random.nextInt(50));
            ByteBuffer part = random.nextBoolean() ? ByteBuffer.allocate(length) : ByteBuffer.allocateDirect(length);
            split.update(part.put(data, i, length).flip());
            i += length;
        }

        assertThat(split.finish()).isEqualTo(whole.finish());
    }

    @Test
    void emptyInputHasAChecksum() {
        assertThat(ChecksumHeaders.base64(S3Checksum.CRC64NVME.start().finish()))
                .isEqualTo("AAAAAAAAAAA=");
    }

    @ParameterizedTest
    @EnumSource(S3Checksum.class)
    void fieldsAreFoundByName(S3Checksum checksum) {
        assertThat(S3Checksum.ofField("x-amz-checksum-" + checksum.label())).contains(checksum);
        assertThat(S3Checksum.ofField("x-amz-checksum-" + checksum.label() + "x"))
                .isEmpty();
    }
}
