package io.sealgate.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayloadTest {
    private static final int ODD_LENGTH = (2 << 20) + 12_345;

    @Test
    void chunksThatTheClientSendsAreTheFileThatTheOriginServes(@TempDir Path directory) throws IOException {
        Payload payload = new Payload(ODD_LENGTH);
        Path file = directory.resolve("object");
        payload.writeTo(file);

        byte[] sent = allChunks(payload, 65_535);

        assertThat(sent).isEqualTo(Files.readAllBytes(file)).hasSize(ODD_LENGTH);
    }

    @Test
    void digestsAreThoseOfTheBytesSent() throws Exception {
        Payload payload = new Payload(ODD_LENGTH);
        byte[] bytes = allChunks(payload, 1 << 20);
        Crc64 crc = new Crc64();
        crc.update(bytes, 0, bytes.length);

        Digests digests = Digests.of(payload);

        assertThat(Base64.getDecoder().decode(digests.contentMd5()))
                .isEqualTo(MessageDigest.getInstance("MD5").digest(bytes));
        assertThat(digests.crc64()).isEqualTo(Long.toUnsignedString(crc.value()));
    }

    @Test
    void emptyPayloadIsRefused() {
        assertThatThrownBy(() -> new Payload(0)).hasMessage("payload length: 0 (expected: >= 1)");
    }

    private static byte[] allChunks(Payload payload, int most) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (out.size() < payload.length()) {
            ByteBuf chunk = payload.chunk(out.size(), most);
            chunk.getBytes(chunk.readerIndex(), out, chunk.readableBytes());
            chunk.release();
        }
        return out.toByteArray();
    }
}
