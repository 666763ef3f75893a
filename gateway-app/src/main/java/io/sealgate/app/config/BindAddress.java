package io.sealgate.app.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where to listen: {@code 0.0.0.0:8443}, {@code [::1]:9901}, {@code localhost:0}. Names are resolved when the address is read:
 * whether a bind is loopback must not depend on when somebody asks.
 *
 * @param text    as written
 * @param address the resolved address
 */
public record BindAddress(String text, InetSocketAddress address) implements ListenAddress {

    static final String EXPECTED = "host:port, such as 127.0.0.1:8443 or [::]:8443";

    /** Stands for an address that was not given; never bound. */
    static final BindAddress MISSING = new BindAddress("", InetSocketAddress.createUnresolved("missing", 0));

    private static final Pattern TEXT = Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([A-Za-z0-9._-]+)):(\\d{1,5})");

    /**
     * Reads {@code host:port}.
     *
     * @throws IllegalArgumentException if the text is no address or the host cannot be resolved
     */
    public static BindAddress parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > 0xFFFF) {
            throw new IllegalArgumentException("address: " + text + " (expected: " + EXPECTED + ")");
        }
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        try {
            InetAddress address = InetAddress.getByName(host);
            return new BindAddress(text, new InetSocketAddress(address, Integer.parseInt(matcher.group(3))));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("address: " + text + " (expected: a host name that resolves)", e);
        }
    }

    /** Whether only this machine can reach it. */
    public boolean isLoopback() {
        return !address.isUnresolved() && address.getAddress().isLoopbackAddress();
    }

    @Override
    public boolean isLocal() {
        return isLoopback();
    }

    @Override
    public String toString() {
        return text;
    }
}
