package io.sealgate.core.proxyprotocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyMessageEncoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.netty.handler.codec.haproxy.HAProxySSLTLV;
import io.netty.handler.codec.haproxy.HAProxyTLV;
import io.sealgate.core.model.IpLiteral;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Headers that another implementation has made or read. The seed is fixed: a failure is reproducible. */
class SecondOpinionTest {

    private static final int MADE = 200;
    private static final int MUTATED = 2_000;
    private static final int RANDOM = 5_000;

    @Test
    void whatAnotherMakesIsReadAsItWasMeant() {
        Random random = new Random(1);
        for (int i = 0; i < MADE; i++) {
            HAProxyMessage message = message(random, records(random));
            String source = message.sourceAddress();
            int port = message.sourcePort();
            ByteBuf header = Unpooled.wrappedBuffer(encoded(message));
            assertThat(ProxyHeaderParser.read(header))
                    .isEqualTo(new ProxyHeader.Client(
                            new InetSocketAddress(IpLiteral.parse(source).orElseThrow(), port)));
            assertThat(header.isReadable()).isFalse();
        }
    }

    /** Never the other way round: the other one takes much that is refused here. Without records, whose contents only the other one looks at. */
    @Test
    void whatIsBelievedHereIsBelievedElsewhereToo() {
        Random random = new Random(2);
        List<byte[]> good = good(random);
        int believed = 0;
        for (int i = 0; i < MUTATED; i++) {
            byte[] header = mutated(good.get(i % good.size()), random);
            if (ProxyHeaderParser.read(Unpooled.wrappedBuffer(header)) instanceof ProxyHeader.Client client) {
                believed++;
                assertThat(source(header)).as(ByteBufUtil.hexDump(header)).isEqualTo(client.address());
            }
        }
        assertThat(believed).isBetween(MUTATED / 20, MUTATED);
    }

    @Test
    void noBytesAreTooMuch() {
        Random random = new Random(3);
        List<byte[]> good = good(random);
        for (int i = 0; i < RANDOM; i++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            byte[] header = good.get(i % good.size());
            System.arraycopy(header, 0, bytes, 0, Math.min(bytes.length, random.nextInt(header.length)));
            ByteBuf in = Unpooled.wrappedBuffer(bytes);
            ProxyHeader read = ProxyHeaderParser.read(in);
            assertThat(read).isNotNull();
            assertThat(in.refCnt()).isEqualTo(1);
        }
    }

    private static List<byte[]> good(Random random) {
        return Stream.generate(() -> encoded(message(random, List.of())))
                .limit(50)
                .toList();
    }

    private static HAProxyMessage message(Random random, List<HAProxyTLV> records) {
        boolean ipv6 = random.nextBoolean();
        HAProxyProxiedProtocol protocol = ipv6 ? HAProxyProxiedProtocol.TCP6 : HAProxyProxiedProtocol.TCP4;
        HAProxyProtocolVersion version = random.nextBoolean() ? HAProxyProtocolVersion.V1 : HAProxyProtocolVersion.V2;
        return new HAProxyMessage(
                version,
                HAProxyCommand.PROXY,
                protocol,
                address(random, ipv6),
                address(random, ipv6),
                1024 + random.nextInt(60_000), // the other one takes no port 0
                1024 + random.nextInt(60_000),
                records);
    }

    private static String address(Random random, boolean ipv6) {
        byte[] bytes = new byte[ipv6 ? 16 : 4];
        random.nextBytes(bytes);
        return IpLiteral.of(bytes).getHostAddress();
    }

    private static List<HAProxyTLV> records(Random random) {
        byte[] value = new byte[random.nextInt(20)];
        HAProxyTLV name = new HAProxyTLV((byte) 0x02, Unpooled.wrappedBuffer(value));
        HAProxyTLV own = new HAProxyTLV((byte) 0xE0, Unpooled.wrappedBuffer(value));
        return switch (random.nextInt(3)) {
            case 0 -> List.of();
            case 1 -> List.of(name, own);
            default -> List.of(new HAProxySSLTLV(0, (byte) 1, List.of(name)), own);
        };
    }

    private static byte[] encoded(HAProxyMessage message) {
        EmbeddedChannel channel = new EmbeddedChannel(HAProxyMessageEncoder.INSTANCE);
        channel.writeOutbound(message);
        ByteBuf header = channel.readOutbound();
        byte[] bytes = ByteBufUtil.getBytes(header);
        header.release();
        channel.finishAndReleaseAll();
        return bytes;
    }

    /** A few changed, missing or additional bytes behind the signature. */
    private static byte[] mutated(byte[] header, Random random) {
        byte[] bytes = header.clone();
        for (int changes = random.nextInt(3); changes > 0; changes--) {
            int at = Math.min(bytes.length - 1, 6 + random.nextInt(bytes.length));
            int kind = random.nextInt(4);
            if (kind == 0) {
                bytes[at] = (byte) random.nextInt(256);
            } else if (kind == 1) {
                bytes[at] ^= (byte) (1 << random.nextInt(8));
            } else {
                bytes = moved(bytes, at, kind == 2);
            }
        }
        return bytes;
    }

    private static byte[] moved(byte[] bytes, int at, boolean longer) {
        return longer
                ? bytes(bytes.length + 1, i -> bytes[i <= at ? i : i - 1])
                : bytes(bytes.length - 1, i -> bytes[i < at ? i : i + 1]);
    }

    private static byte[] bytes(int length, IntUnaryOperator value) {
        byte[] bytes = new byte[length];
        IntStream.range(0, length).forEach(i -> bytes[i] = (byte) value.applyAsInt(i));
        return bytes;
    }

    private static @Nullable InetSocketAddress source(byte[] header) {
        EmbeddedChannel channel = new EmbeddedChannel(new HAProxyMessageDecoder());
        try {
            channel.writeInbound(Unpooled.wrappedBuffer(header));
            HAProxyMessage message = channel.readInbound();
            InetSocketAddress source = message == null || message.sourceAddress() == null
                    ? null
                    : new InetSocketAddress(message.sourceAddress(), message.sourcePort());
            if (message != null) {
                message.release();
            }
            return source;
        } finally {
            channel.finishAndReleaseAll();
        }
    }
}
