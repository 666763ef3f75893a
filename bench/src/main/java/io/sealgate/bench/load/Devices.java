package io.sealgate.bench.load;

import io.sealgate.certs.CertificateAuthority;
import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.IssuedCertificate;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Presents another device's certificate on every connection, none twice towards the same port. They are made beforehand, so that
 * making them is no part of what is measured. Prepared while no load runs, presented on the client's event loop.
 */
public final class Devices extends X509ExtendedKeyManager {
    private static final int BATCH = 256;

    private final CertificateAuthority authority;
    private final List<IssuedCertificate> issued = new CopyOnWriteArrayList<>();
    private final Map<Integer, Integer> presented = new ConcurrentHashMap<>();

    public Devices(CertificateAuthority authority) {
        this.authority = authority;
    }

    /** Makes as many as are still needed for {@code count} connections to {@code port}. */
    public void prepare(int port, int count) {
        int wanted = presented.getOrDefault(port, 0) + count;
        while (issued.size() < wanted) {
            int first = issued.size();
            issued.addAll(Stream.iterate(first, i -> i + 1)
                    .limit(BATCH)
                    .map(i -> authority.issue(CertificateSpec.client("device-" + i)))
                    .toList());
        }
    }

    @Override
    public String chooseEngineClientAlias(String[] types, Principal @Nullable [] issuers, SSLEngine engine) {
        return String.valueOf(presented.merge(engine.getPeerPort(), 1, Integer::sum) - 1);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return issued.get(Integer.parseInt(alias)).chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return issued.get(Integer.parseInt(alias)).privateKey();
    }

    @Override
    public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
        return new String[0];
    }

    @Override
    public @Nullable String chooseClientAlias(String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
        return new String[0];
    }

    @Override
    public @Nullable String chooseServerAlias(String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
