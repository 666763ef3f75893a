package io.sealgate.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientHandshakeScannerTest {

    private static final int NONE = -1;
    private static final int SHA_1 = 0x0201;
    private static final byte[] HELLO = message(1, new byte[300]);
    private static final byte[] CERTIFICATE = message(11, new byte[40_000]);
    private static final byte[] KEY_EXCHANGE = message(16, new byte[33]);
    private static final byte[] VERIFY = message(15, signature(SHA_1));

    /** What a client sends, and the scheme that is to be found in it. */
    static Stream<Arguments> streams() {
        return Stream.of(
                Arguments.of(
                        "each message in records of its own",
                        join(records(HELLO), records(CERTIFICATE), records(KEY_EXCHANGE), records(VERIFY)),
                        SHA_1),
                Arguments.of(
                        "messages together in records",
                        join(records(HELLO), records(join(CERTIFICATE, KEY_EXCHANGE, VERIFY))),
                        SHA_1),
                Arguments.of("records of one byte", split(join(HELLO, KEY_EXCHANGE, VERIFY)), SHA_1),
                Arguments.of(
                        "empty records and messages",
                        join(record(22), records(HELLO), record(22), records(message(11)), records(VERIFY)),
                        SHA_1),
                Arguments.of(
                        "alert between the pieces of a message",
                        join(
                                record(22, (byte) 15, (byte) 0),
                                record(21, (byte) 1, (byte) 15),
                                record(22, rest(VERIFY))),
                        SHA_1),
                Arguments.of("hello of SSL 2", join(oldHello(15, 2, 1, 0), records(VERIFY)), SHA_1),
                Arguments.of("no certificate", join(records(HELLO), records(message(11)), record(20, (byte) 1)), NONE),
                Arguments.of("TLS 1.3", join(records(HELLO), record(20, (byte) 1), record(23, VERIFY)), NONE),
                Arguments.of("early data of TLS 1.3", join(records(HELLO), record(23, VERIFY)), NONE),
                Arguments.of(
                        "after ChangeCipherSpec", join(records(HELLO), record(20, (byte) 1), records(VERIFY)), NONE),
                Arguments.of("inside another message", join(records(message(1, VERIFY)), records(KEY_EXCHANGE)), NONE),
                Arguments.of("too short for a scheme", join(records(HELLO), records(message(15, (byte) 2))), NONE),
                Arguments.of("no TLS", "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII), NONE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("streams")
    void signatureIsFoundWhateverTheReads(String what, byte[] sent, int scheme) {
        assertThat(List.of(scan(sent, sent.length), scan(sent, 1), scan(sent, 2), scan(sent, 7), scan(sent, 1500)))
                .containsOnly(scheme);
    }

    /** What a server says: its signature is behind the key, as long as that is. */
    static Stream<Arguments> serverStreams() {
        byte[] done = records(message(14));
        return Stream.of(
                Arguments.of("key of 32 bytes", join(records(HELLO), records(keyExchange(32)), done), SHA_1),
                Arguments.of("key of 255 bytes", join(records(HELLO), records(keyExchange(255)), done), SHA_1),
                Arguments.of("key of none", join(records(HELLO), records(keyExchange(0)), done), SHA_1),
                Arguments.of("messages together", records(join(HELLO, CERTIFICATE, keyExchange(97))), SHA_1),
                Arguments.of("records of one byte", split(join(HELLO, keyExchange(65))), SHA_1),
                Arguments.of(
                        "ends within the key, then another",
                        join(records(message(12, (byte) 3, (byte) 0, (byte) 29, (byte) 32)), records(keyExchange(32))),
                        SHA_1),
                Arguments.of("a client's signature", join(records(HELLO), records(VERIFY)), NONE),
                Arguments.of("TLS 1.3", join(records(HELLO), record(20, (byte) 1), record(23, keyExchange(32))), NONE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("serverStreams")
    void signatureOfAServerIsFoundWhateverTheReads(String what, byte[] sent, int scheme) {
        for (int cut : new int[] {sent.length, 1, 2, 7, 1500}) {
            assertThat(scan(ClientHandshakeScanner.ofServer(), sent, cut)).isEqualTo(scheme);
        }
    }

    private static byte[] keyExchange(int keyLength) {
        byte[] body = new byte[4 + keyLength + 260];
        body[0] = 3;
        body[2] = 29;
        body[3] = (byte) keyLength;
        body[4 + keyLength] = SHA_1 >> 8;
        body[5 + keyLength] = SHA_1 & 0xFF;
        return message(12, body);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0001, 0x0101, 0x0201, 0x0202, 0x0203, 0x0301, 0x0303})
    void weakDigestIsTold(int scheme) {
        assertThat(scanned(scheme).isWeak()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0401, 0x0403, 0x0501, 0x0503, 0x0601, 0x0603, 0x0804, 0x0805, 0x0806, 0x0807, 0xFFFF})
    void strongDigestIsLetPass(int scheme) {
        assertThat(scanned(scheme).isWeak()).isFalse();
    }

    @Test
    void bytesAreLeftAsTheyAre() {
        ByteBuf bytes = Unpooled.wrappedBuffer(records(HELLO)).skipBytes(0);
        new ClientHandshakeScanner().scan(bytes);
        assertThat(bytes.readableBytes()).isEqualTo(records(HELLO).length);
    }

    /** Whatever is sent, it is read to its end in one pass, and in the same way however it is cut. */
    @Test
    void anyBytesAreReadAlikeHoweverTheyAreCut() {
        Random random = new Random(12);
        for (int round = 0; round < 20_000; round++) {
            byte[] sent = join(records(HELLO), records(KEY_EXCHANGE), records(VERIFY));
            for (int change = random.nextInt(8); change > 0; change--) {
                sent[random.nextInt(sent.length)] = (byte) random.nextInt(256);
            }
            int cut = 1 + random.nextInt(60);
            assertThat(scan(sent, cut)).isEqualTo(scan(sent, sent.length));
        }
    }

    @Test
    void noiseIsNoError() {
        Random random = new Random(13);
        byte[] noise = new byte[1 << 20];
        random.nextBytes(noise);
        noise[0] = 22;
        assertThatCode(() -> scan(noise, 4096)).doesNotThrowAnyException();
    }

    private static ClientHandshakeScanner scanned(int scheme) {
        ClientHandshakeScanner scanner = new ClientHandshakeScanner();
        scanner.scan(Unpooled.wrappedBuffer(records(message(15, signature(scheme)))));
        return scanner;
    }

    private static int scan(byte[] sent, int cut) {
        return scan(new ClientHandshakeScanner(), sent, cut);
    }

    private static int scan(ClientHandshakeScanner scanner, byte[] sent, int cut) {
        for (int at = 0; at < sent.length; at += cut) {
            scanner.scan(Unpooled.wrappedBuffer(sent, at, Math.min(cut, sent.length - at)));
        }
        return scanner.signature();
    }

    private static byte[] signature(int scheme) {
        byte[] body = new byte[260];
        body[0] = (byte) (scheme >> 8);
        body[1] = (byte) scheme;
        return body;
    }

    private static byte[] message(int type, byte... body) {
        return join(
                new byte[] {(byte) type, (byte) (body.length >> 16), (byte) (body.length >> 8), (byte) body.length},
                body);
    }

    private static byte[] record(int type, byte... fragment) {
        return join(new byte[] {(byte) type, 3, 3, (byte) (fragment.length >> 8), (byte) fragment.length}, fragment);
    }

    /** In records as long as they may be. */
    private static byte[] records(byte[] messages) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < messages.length; at += 1 << 14) {
            out.writeBytes(record(22, Arrays.copyOfRange(messages, at, Math.min(messages.length, at + (1 << 14)))));
        }
        return out.toByteArray();
    }

    private static byte[] split(byte[] messages) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte one : messages) {
            out.writeBytes(record(22, one));
        }
        return out.toByteArray();
    }

    private static byte[] oldHello(int... body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0x80);
        out.write(body.length);
        for (int one : body) {
            out.write(one);
        }
        return out.toByteArray();
    }

    /** All but the first two bytes. */
    private static byte[] rest(byte[] message) {
        return Arrays.copyOfRange(message, 2, message.length);
    }

    private static byte[] join(byte[]... pieces) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            out.writeBytes(piece);
        }
        return out.toByteArray();
    }
}
