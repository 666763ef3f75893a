package io.sealgate.bench.peer;

import io.sealgate.bench.load.ClientTls;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * HAProxy: one thread, no session tickets or cache, origin connections reused, nothing logged. Buffers of 128 KiB, because
 * with the default 16 KiB a download costs it about a third more.
 */
public record HaProxy() implements Peer {
    private static final String CONFIGURATION = "haproxy.cfg";

    @Override
    public String name() {
        return "haproxy";
    }

    @Override
    public Optional<String> version() {
        return Programs.firstLine("haproxy", "-v")
                .map(line -> line.replaceAll("(?i)^haproxy version (\\S+).*", "HAProxy $1"));
    }

    @Override
    public String remedy() {
        return "apt-get install haproxy";
    }

    @Override
    public Launch launch(Site site) {
        List<String> command = List.of("haproxy", "-db", "-f", CONFIGURATION);
        return new Launch(command, Map.of(CONFIGURATION, configuration(site)));
    }

    private static String configuration(Site site) {
        CertificateFiles pem = site.certificates();
        return """
                global
                  nbthread 1
                  maxconn 4096
                  ssl-default-bind-options ssl-min-ver TLSv1.3 no-tls-tickets
                  ssl-default-bind-ciphersuites %s
                  tune.ssl.cachesize 0
                  tune.bufsize 131072

                defaults
                  mode http
                  timeout connect 5s
                  timeout client 60s
                  timeout server 60s
                  http-reuse always

                frontend edge
                  bind 127.0.0.1:%d ssl crt %s ca-file %s crl-file %s verify required alpn http/1.1
                  default_backend origin

                backend origin
                  server origin 127.0.0.1:%d pool-max-conn 64
                """.formatted(ClientTls.CIPHER, site.port(), pem.serverBundle(), pem.ca(), pem.crl(), site.originPort());
    }
}
