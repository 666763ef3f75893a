package io.sealgate.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import io.sealgate.core.spi.UpstreamSecurity;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * TLS towards one origin, by BoringSSL: its chain is verified against the configured CAs and its name against the host,
 * on every connection. Immutable and thread-safe; owns its native context.
 */
final class UpstreamTls implements UpstreamSecurity {

    private static final List<String> PROTOCOLS = List.of("http/1.1");

    private final TlsContext context;
    private final boolean isTls12Spoken;

    private UpstreamTls(TlsContext context, boolean isTls12Spoken) {
        this.context = context;
        this.isTls12Spoken = isTls12Spoken;
    }

    /**
     * What a context is made of.
     *
     * @param profile     versions, suites and groups
     * @param files       what each file of CAs holds that may vouch for the origin, or {@code null} for the JDK's
     * @param own         what the gateway presents, or {@code null}
     */
    record Material(
            TlsProfile profile,
            @Nullable List<List<X509Certificate>> files,
            @Nullable KeyMaterial own) {

        /** Which CAs may vouch for the origin, or {@code null} for the JDK's. */
        @Nullable
        List<X509Certificate> authorities() {
            return files == null ? null : files.stream().flatMap(List::stream).toList();
        }

        Stream<X509Certificate> presented() {
            return own == null ? Stream.of() : own.chain().stream();
        }

        Stream<X509Certificate> trusted() {
            return files == null ? Stream.of() : files.stream().flatMap(List::stream);
        }
    }

    /**
     * Makes the native context.
     *
     * @throws TlsMaterialException if BoringSSL rejects the configuration
     */
    static UpstreamTls of(Material material) throws TlsMaterialException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .endpointIdentificationAlgorithm("HTTPS")
                .trustManager(OriginTrustManager.of(material.authorities()));
        if (material.own() != null) {
            builder.keyManager(material.own().key(), material.own().chainArray());
        }
        TlsParameters.apply(builder, material.profile(), PROTOCOLS);
        return new UpstreamTls(
                new TlsContext(TlsParameters.build(builder)), material.profile().isTls12Spoken());
    }

    @Override
    public SslHandler newHandler(ByteBufAllocator allocator, String host, int port) {
        // The root's dot keeps a resolver from trying search domains; certificates and SNI are without it (RFC 6066
        // §3).
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        List<SNIServerName> names = serverNames(name);
        SslHandler handler = context.newHandler(shared -> shared.newHandler(allocator, name, port));
        TlsParameters.forbidRenegotiation(handler);
        SSLParameters parameters = handler.engine().getSSLParameters();
        parameters.setServerNames(names);
        handler.engine().setSSLParameters(parameters);
        return handler;
    }

    /** TLS 1.3 knows no weak signatures in handshakes (RFC 8446 §4.2.3). */
    @Override
    public @Nullable ChannelHandler newGuard() {
        return isTls12Spoken ? new ServerSignatureGuard() : null;
    }

    /**
     * For SNI. Netty on its own leaves out names of a single label, and those are what origins are called inside a
     * cluster.
     */
    private static List<SNIServerName> serverNames(String host) {
        boolean isAddress = NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
        // RFC 6066 §3: literal addresses are not permitted
        return isAddress ? List.of() : List.of(new SNIHostName(host));
    }

    @Override
    public void close() {
        context.close();
    }
}
