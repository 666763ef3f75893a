package io.sealgate.core.observe;

import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ClientIdentity.SubjectAltName;
import io.sealgate.core.model.ConnectionContext;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;

/** What a connection says of itself: the same in all lines about it, and written once. Confined to one thread. */
final class ConnectionFields {

    /** More connections than this in use at once only cost writing the text again. */
    private static final int CONNECTIONS_REMEMBERED = 1024;

    /** Characters of all alternative names. A certificate may have 64 KiB of them, and every line repeats them. */
    private static final int MOST_OF_NAMES = 4096;

    /** By identity: a connection has one context, and comparing certificates for every line is waste. */
    private final IdentityHashMap<ConnectionContext, String> connections = new IdentityHashMap<>();

    /** The fields of {@code connection}, as {@link JsonLine#fields(String)} takes them. */
    String of(ConnectionContext connection) {
        String known = connections.get(connection);
        if (known != null) {
            return known;
        }
        if (connections.size() >= CONNECTIONS_REMEMBERED) {
            connections.clear();
        }
        String text = write(connection);
        connections.put(connection, text);
        return text;
    }

    private static String write(ConnectionContext connection) {
        JsonLine json = new JsonLine(new StringBuilder(512));
        json.text("sealgate.listener", connection.listener());
        address(json, "client", connection.clientAddress());
        if (connection.balancer() != null) {
            address(json, "source", connection.balancer());
        }
        ConnectionContext.Tls tls = connection.tls();
        if (tls != null) {
            json.text("tls.version_protocol", "tls")
                    .text("tls.version", tls.protocol().replace("TLSv", ""))
                    .text("tls.cipher", tls.cipher())
                    .text("tls.client.server_name", tls.sni());
        }
        if (connection.identity() instanceof ClientIdentity.Certified certified) {
            certificate(json, certified);
        }
        return json.fields();
    }

    private static void certificate(JsonLine json, ClientIdentity.Certified client) {
        List<String> names = namesOf(client);
        json.text("tls.client.subject", LogText.cut(client.subject()))
                .text("tls.client.issuer", LogText.cut(client.issuer()))
                .text("tls.client.x509.subject.common_name", LogText.cut(client.commonName()))
                .text("tls.client.x509.serial_number", client.serial().toUpperCase(Locale.ROOT))
                .texts("tls.client.x509.alternative_names", names)
                .text("tls.client.hash.sha256", client.fingerprintSha256().toUpperCase(Locale.ROOT))
                .text("tls.client.not_after", client.notAfter().toString())
                .text("sealgate.client.spki_sha256", client.spkiSha256().toUpperCase(Locale.ROOT));
        if (names.size() < client.sans().size()) {
            json.number("sealgate.client.names_left_out", client.sans().size() - names.size());
        }
    }

    /** The first names that fit, each whole. */
    private static List<String> namesOf(ClientIdentity.Certified client) {
        List<String> names = new ArrayList<>();
        int room = MOST_OF_NAMES;
        for (SubjectAltName name : client.sans()) {
            room -= name.value().length();
            if (room < 0) {
                break;
            }
            names.add(name.value());
        }
        return names;
    }

    private static void address(JsonLine json, String whose, SocketAddress address) {
        if (address instanceof InetSocketAddress inet && inet.getAddress() != null) {
            json.text(whose + ".address", inet.getAddress().getHostAddress()).number(whose + ".port", inet.getPort());
        } else {
            json.text(whose + ".address", address.toString());
        }
    }
}
