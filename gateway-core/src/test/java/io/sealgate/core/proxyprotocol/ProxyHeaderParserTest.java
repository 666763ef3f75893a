package io.sealgate.core.proxyprotocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sealgate.core.model.IpLiteral;
import io.sealgate.core.proxyprotocol.ProxyHeader.Absent;
import io.sealgate.core.proxyprotocol.ProxyHeader.Client;
import io.sealgate.core.proxyprotocol.ProxyHeader.Incomplete;
import io.sealgate.core.proxyprotocol.ProxyHeader.Local;
import io.sealgate.core.proxyprotocol.ProxyHeader.Refused;
import io.sealgate.core.proxyprotocol.ProxyHeader.Unknown;
import io.sealgate.core.spi.ProxyHeaderOutcome;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderParserTest {

    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
    private static final String IPV4 = "c0000209 c6336401 d431 20fb"; // 192.0.2.9:54321 to 198.51.100.1:8443
    private static final String IPV6 = "20010db8000000000000000000000009 20010db8000000000000000000000001 d431 20fb";
    private static final ProxyHeader CLIENT = client("192.0.2.9", 54_321);
    private static final ProxyHeader CLIENT_6 = client("2001:db8::9", 54_321);

    static Stream<Arguments> good() {
        return Stream.of(
                Arguments.of(text("PROXY TCP4 192.0.2.9 198.51.100.1 54321 8443\r\n"), CLIENT),
                Arguments.of(text("PROXY TCP6 2001:db8::9 2001:DB8::1 54321 8443\r\n"), CLIENT_6),
                Arguments.of(text("PROXY TCP4 0.0.0.0 255.255.255.255 0 65535\r\n"), client("0.0.0.0", 0)),
                Arguments.of(text("PROXY TCP6 ::ffff:192.0.2.9 ::1 54321 8443\r\n"), CLIENT),
                Arguments.of(
                        text("PROXY TCP6 " + "ffff:".repeat(7) + "ffff " + "ffff:".repeat(7) + "ffff 65535 65535\r\n"),
                        client("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 65_535)),
                Arguments.of(text("PROXY UNKNOWN\r\n"), new Unknown()),
                Arguments.of(text("PROXY UNKNOWN ffff::1 whatever else\r\n"), new Unknown()),
                Arguments.of(text("PROXY UNKNOWN " + "x".repeat(91) + "\r\n"), new Unknown()),
                Arguments.of(binary("21 11 000c" + IPV4), CLIENT),
                Arguments.of(binary("21 21 0024" + IPV6), CLIENT_6),
                Arguments.of(binary("21 11 0016" + IPV4 + "04 0002 0000 ea 0002 abcd"), CLIENT),
                Arguments.of(checksummed("21 11 0013" + IPV4), CLIENT),
                Arguments.of(checksummed("21 21 002b" + IPV6), CLIENT_6),
                Arguments.of(binary("21 11 0ff0" + IPV4 + "04 0fe1" + "00".repeat(4065)), CLIENT),
                Arguments.of(binary("21 00 0000"), new Unknown()),
                Arguments.of(binary("21 00 0003 aabbcc"), new Unknown()),
                Arguments.of(binary("21 31 00d8" + "2f".repeat(216)), new Unknown()),
                Arguments.of(binary("20 00 0000"), new Local()),
                Arguments.of(binary("20 11 000c" + IPV4), new Local()),
                Arguments.of(binary("20 7f 0003 aabbcc"), new Local()));
    }

    @ParameterizedTest
    @MethodSource("good")
    void aGoodHeaderIsReadToItsEndAndNoFurther(byte[] header, ProxyHeader expected) {
        ByteBuf in = Unpooled.wrappedBuffer(header, new byte[] {0x16, 0x03, 0x01});
        assertThat(ProxyHeaderParser.read(in)).isEqualTo(expected);
        assertThat(in.readableBytes()).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("good")
    void aHeaderThatTricklesInIsIncompleteUntilItsLastByte(byte[] header, ProxyHeader expected) {
        ByteBuf in = Unpooled.buffer();
        in.writeZero(5).skipBytes(5); // a header need not be at the beginning of its buffer
        for (int i = 0; i < header.length; i++) {
            assertThat(ProxyHeaderParser.read(in)).as("after %d bytes", i).isEqualTo(new Incomplete());
            in.writeByte(header[i]);
        }
        assertThat(ProxyHeaderParser.read(in)).isEqualTo(expected);
        assertThat(in.isReadable()).isFalse();
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                refusedText("MALFORMED", "PROXY TCP4 192.0.2.9 198.51.100.1 54321\r\n"),
                refusedText("MALFORMED", "PROXY TCP4 192.0.2.9 198.51.100.1 54321 8443 \r\n"),
                refusedText("MALFORMED", "PROXY TCP4  192.0.2.9 198.51.100.1 54321 8443\r\n"),
                refusedText("MALFORMED", "PROXY TCP4 192.0.2.9 198.51.100.1 +54321 8443\r\n"),
                refusedText("MALFORMED", "PROXY TCP4 192.0.2.9 198.51.100.1 054321 8443\r\n"),
                refusedText("MALFORMED", "PROXY TCP4 192.0.2.9 198.51.100.1 65536 8443\r\n"),
                refusedText("MALFORMED", "PROXY TCP4 192.0.2.9 198.51.100.1 54321 99999\r\n"),
                refusedText("MALFORMED", "PROXY TCP4 192.0.2.9 198.51.100.1 -1 8443\r\n"),
                refusedText("MALFORMED", "PROXY TCP4 192.0.02.9 198.51.100.1 54321 8443\r\n"),
                refusedText("MALFORMED", "PROXY TCP4 192.0.2.256 198.51.100.1 54321 8443\r\n"),
                refusedText("MALFORMED", "PROXY TCP4 192.0.2 198.51.100.1 54321 8443\r\n"),
                refusedText("MALFORMED", "PROXY TCP4 localhost 198.51.100.1 54321 8443\r\n"),
                refusedText("MALFORMED", "PROXY TCP4 2001:db8::9 198.51.100.1 54321 8443\r\n"),
                refusedText("MALFORMED", "PROXY TCP4 192.0.2.9 2001:db8::1 54321 8443\r\n"),
                refusedText("MALFORMED", "PROXY TCP6 192.0.2.9 198.51.100.1 54321 8443\r\n"),
                refusedText("MALFORMED", "PROXY TCP6 [2001:db8::9] 2001:db8::1 54321 8443\r\n"),
                refusedText("MALFORMED", "PROXY TCP6 fe80::9%eth0 2001:db8::1 54321 8443\r\n"),
                refusedText("MALFORMED", "PROXY TCP6 2001:db8:::9 2001:db8::1 54321 8443\r\n"),
                refusedText("MALFORMED", "PROXY TCP4 192.0.2.9 198.51.100.1 54321 8443\n"),
                refusedText("MALFORMED", "PROXY TCP4 192.0.2.9 198.51.100.1 54321 8443\rX"),
                refusedText("MALFORMED", "PROXY UNKNOWN \0\r\n"),
                refusedText("MALFORMED", "PROXY UNKNOWN \u00e9\r\n"),
                refusedText("UNSUPPORTED", "PROXY \r\n"),
                refusedText("UNSUPPORTED", "PROXY tcp4 192.0.2.9 198.51.100.1 54321 8443\r\n"),
                refusedText("UNSUPPORTED", "PROXY UDP4 192.0.2.9 198.51.100.1 54321 8443\r\n"),
                refusedText("UNSUPPORTED", "PROXY UNKNOWNS\r\n"),
                refusedText("TOO_LONG", "PROXY UNKNOWN " + "x".repeat(92) + "\r\n"),
                refusedText("TOO_LONG", "PROXY UNKNOWN " + "x".repeat(4000)),
                refused("UNSUPPORTED", "11 11 000c" + IPV4),
                refused("UNSUPPORTED", "31 11 000c" + IPV4),
                refused("UNSUPPORTED", "22 11 000c" + IPV4),
                refused("UNSUPPORTED", "2f 11 000c" + IPV4),
                refused("UNSUPPORTED", "21 12 000c" + IPV4),
                refused("UNSUPPORTED", "21 10 000c" + IPV4),
                refused("UNSUPPORTED", "21 22 0024" + IPV6),
                refused("UNSUPPORTED", "21 32 00d8" + "2f".repeat(216)),
                refused("UNSUPPORTED", "21 41 000c" + IPV4),
                refused("MALFORMED", "21 11 000b" + IPV4),
                refused("MALFORMED", "21 11 0000"),
                refused("MALFORMED", "21 21 000c" + IPV4),
                refused("MALFORMED", "21 31 00d7" + "2f".repeat(215)),
                refused("MALFORMED", "21 11 000e" + IPV4 + "aabb"),
                refused("MALFORMED", "21 11 0010" + IPV4 + "04 0002 00"),
                refused("MALFORMED", "21 11 0014" + IPV4 + "04 0002 0000 04 ffff"),
                refused("CHECKSUM", "21 11 0013" + IPV4 + "03 0004 deadbeef"),
                refused("CHECKSUM", "21 11 0011" + IPV4 + "03 0002 dead"),
                refused("TOO_LONG", "21 11 0ff1"),
                refused("TOO_LONG", "20 00 ffff"));
    }

    private static Arguments refusedText(String reason, String header) {
        return Arguments.of(ProxyHeaderOutcome.valueOf(reason), text(header));
    }

    private static Arguments refused(String reason, String hex) {
        return Arguments.of(ProxyHeaderOutcome.valueOf(reason), binary(hex));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void aBadHeaderIsRefusedHoweverItArrives(ProxyHeaderOutcome reason, byte[] header) {
        assertThat(ProxyHeaderParser.read(Unpooled.wrappedBuffer(header))).isEqualTo(new Refused(reason));
        assertThat(trickled(header)).isEqualTo(new Refused(reason));
    }

    private static ProxyHeader trickled(byte[] bytes) {
        ByteBuf in = Unpooled.buffer();
        ProxyHeader header = new Incomplete();
        for (int i = 0; i < bytes.length && header instanceof Incomplete; i++) {
            header = ProxyHeaderParser.read(in.writeByte(bytes[i]));
        }
        return header;
    }

    /** What was changed on the way has another checksum, wherever it was changed: but for the byte that says that there is one. */
    @Test
    void everyChangeOfAChecksummedHeaderIsNoticed() {
        byte[] header = checksummed("21 11 0013" + IPV4);
        int checksumType = 16 + 12;
        for (int i = 16; i < header.length; i += i + 1 == checksumType ? 2 : 1) {
            byte[] changed = header.clone();
            changed[i] ^= 0x01;
            assertThat(ProxyHeaderParser.read(Unpooled.wrappedBuffer(changed)))
                    .as("byte %d", i)
                    .isInstanceOf(Refused.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "G",
                "POST / HTTP/1.1\r\n",
                "PRI * HTTP/2.0",
                "PROXYX",
                "proxy TCP4",
                "\r\nGET",
                "\u0016\u0003\u0001"
            })
    void whatCannotBecomeAHeaderIsNone(String beginning) {
        ByteBuf in = Unpooled.copiedBuffer(beginning, StandardCharsets.ISO_8859_1);
        assertThat(ProxyHeaderParser.read(in)).isEqualTo(new Absent());
        assertThat(in.readerIndex()).isZero();
    }

    private static ProxyHeader client(String address, int port) {
        return new Client(new InetSocketAddress(IpLiteral.parse(address).orElseThrow(), port));
    }

    private static byte[] text(String header) {
        return header.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] binary(String hex) {
        return HexFormat.of().parseHex(SIGNATURE + hex.replace(" ", ""));
    }

    /** With a record of the checksum at its end, which {@code hex} has room for in its length. */
    private static byte[] checksummed(String hex) {
        byte[] header = binary(hex + "03 0004 00000000");
        CRC32C crc = new CRC32C();
        crc.update(header);
        ByteBuf end = Unpooled.wrappedBuffer(header);
        end.setInt(header.length - 4, (int) crc.getValue());
        return header;
    }
}
