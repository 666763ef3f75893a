package io.sealgate.tls;

import io.sealgate.tls.TlsConfig.ClientAuthentication;
import io.sealgate.tls.TlsConfig.Version;
import java.util.function.BiFunction;

/** What {@code docs/handshakes.md} has to say about the rows of {@link HandshakeKeyCase}. */
final class HandshakeDocument {

    private HandshakeDocument() {}

    static String render() {
        StringBuilder out = new StringBuilder();
        out.append(
                "\n| key | JDK, TLS 1.2 | JDK, TLS 1.3 | OpenSSL, TLS 1.2 | OpenSSL, TLS 1.3 | always presented |\n");
        out.append("|---|---|---|---|---|---|\n");
        for (HandshakeKeyCase row : HandshakeKeyCase.values()) {
            out.append("| %s | %s | %s | %s | %s | %s |\n"
                    .formatted(
                            row.title,
                            cell(Version.TLS_1_2, row::jdk),
                            cell(Version.TLS_1_3, row::jdk),
                            cell(Version.TLS_1_2, row::openssl),
                            cell(Version.TLS_1_3, row::openssl),
                            row.insistent()));
        }
        out.append("\n| own key | of a listener, both versions | towards an origin, both versions |\n|---|---|---|\n");
        for (HandshakeKeyCase row : HandshakeKeyCase.values()) {
            out.append("| %s | %s | %s |\n".formatted(row.title, row.own(), row.own()));
        }
        return out.append('\n').toString();
    }

    private static String cell(Version version, BiFunction<Version, ClientAuthentication, String> outcome) {
        String required = outcome.apply(version, ClientAuthentication.REQUIRE);
        String requested = outcome.apply(version, ClientAuthentication.REQUEST);
        return required.equals(requested) ? required : required + " / " + requested;
    }
}
