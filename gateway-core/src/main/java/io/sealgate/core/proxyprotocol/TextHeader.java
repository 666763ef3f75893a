package io.sealgate.core.proxyprotocol;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import io.sealgate.core.model.IpLiteral;
import io.sealgate.core.spi.ProxyHeaderOutcome;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Version 1 of the PROXY protocol (§2.1): one line of text. */
final class TextHeader {

    /** With its CRLF. */
    static final int MAX_LENGTH = 107;

    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7E]+");
    private static final Pattern PORT = Pattern.compile("0|[1-9]\\d{0,4}");
    private static final int MAX_PORT = 0xFFFF;
    private static final int FIELDS = 6;

    private TextHeader() {}

    /** Reads the line at the reader index, which begins with the signature. */
    static ProxyHeader read(ByteBuf in) {
        int start = in.readerIndex();
        int there = Math.min(in.readableBytes(), MAX_LENGTH);
        int end = in.forEachByte(start, there, ByteProcessor.FIND_CRLF);
        int length = end - start + 2;
        if (end < 0 || (there < length && in.getByte(end) == '\r')) {
            return there == MAX_LENGTH ? refused(ProxyHeaderOutcome.TOO_LONG) : new ProxyHeader.Incomplete();
        }
        if (in.getByte(end) != '\r' || in.getByte(end + 1) != '\n') {
            return refused(ProxyHeaderOutcome.MALFORMED);
        }
        ProxyHeader header = judge(in.toString(start, end - start, StandardCharsets.ISO_8859_1));
        if (!(header instanceof ProxyHeader.Refused)) {
            in.skipBytes(length);
        }
        return header;
    }

    private static ProxyHeader judge(String line) {
        String[] fields = line.split(" ", -1);
        if (!PRINTABLE.matcher(line).matches()) {
            return refused(ProxyHeaderOutcome.MALFORMED);
        }
        return switch (fields[1]) {
            case "TCP4" -> client(fields, false);
            case "TCP6" -> client(fields, true);
            case "UNKNOWN" -> new ProxyHeader.Unknown(); // whatever else the line says is to be ignored
            default -> refused(ProxyHeaderOutcome.UNSUPPORTED);
        };
    }

    /** Who connects, where to, and both ports: the second and fourth are of no use here, but a line is right as a whole. */
    private static ProxyHeader client(String[] fields, boolean ipv6) {
        if (fields.length != FIELDS || !isPort(fields[4]) || !isPort(fields[5])) {
            return refused(ProxyHeaderOutcome.MALFORMED);
        }
        Optional<InetAddress> source = address(fields[2], ipv6);
        if (source.isEmpty() || address(fields[3], ipv6).isEmpty()) {
            return refused(ProxyHeaderOutcome.MALFORMED);
        }
        return new ProxyHeader.Client(new InetSocketAddress(source.get(), Integer.parseInt(fields[4])));
    }

    private static Optional<InetAddress> address(String text, boolean ipv6) {
        return text.contains(":") == ipv6 ? IpLiteral.parse(text) : Optional.empty();
    }

    private static boolean isPort(String text) {
        return PORT.matcher(text).matches() && Integer.parseInt(text) <= MAX_PORT;
    }

    private static ProxyHeader refused(ProxyHeaderOutcome reason) {
        return new ProxyHeader.Refused(reason);
    }
}
