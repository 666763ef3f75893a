package io.sealgate.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import io.sealgate.core.config.Problems;
import io.sealgate.core.spi.UpstreamSecurity;
import io.sealgate.tls.UpstreamTlsConfig.BundleTrust;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLParameters;

/**
 * TLS towards one origin, by BoringSSL: its chain is verified against the configured CAs and its name against the host, on
 * every connection. Immutable and thread-safe; owns its native context.
 */
public final class UpstreamTls implements UpstreamSecurity {

    private static final List<String> PROTOCOLS = List.of("http/1.1");

    private final TlsContext context;

    private UpstreamTls(TlsContext context) {
        this.context = context;
    }

    /**
     * Reads the files and makes the native context.
     *
     * @throws TlsMaterialException if {@link UpstreamTlsConfig#check} would report a problem, or BoringSSL takes offence
     */
    public static UpstreamTls open(UpstreamTlsConfig config) throws TlsMaterialException {
        SslContextBuilder builder = SslContextBuilder.forClient().endpointIdentificationAlgorithm("HTTPS");
        if (config.trust() instanceof BundleTrust bundle) {
            builder.trustManager(bundle.certificates());
        }
        if (config.certificate() != null) {
            KeyMaterial material = load(config.certificate());
            builder.keyManager(material.key(), material.chainArray());
        }
        TlsParameters.apply(builder, TlsConfig.Version.TLS_1_2, PROTOCOLS);
        return new UpstreamTls(new TlsContext(TlsParameters.build(builder)));
    }

    private static KeyMaterial load(CertificateConfig config) throws TlsMaterialException {
        Problems problems = new Problems();
        Optional<KeyMaterial> material = KeyMaterialLoader.load(config, problems, "tls.certificate");
        return material.orElseThrow(() -> new TlsMaterialException(String.join("; ", problems.lines())));
    }

    @Override
    public SslHandler newHandler(ByteBufAllocator allocator, String host, int port) {
        List<SNIServerName> names = serverNames(host);
        SslHandler handler = context.newHandler(shared -> shared.newHandler(allocator, host, port));
        TlsParameters.forbidRenegotiation(handler);
        SSLParameters parameters = handler.engine().getSSLParameters();
        parameters.setServerNames(names);
        handler.engine().setSSLParameters(parameters);
        return handler;
    }

    /** For SNI. Netty on its own leaves out names of a single label, and those are what origins are called inside a cluster. */
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
