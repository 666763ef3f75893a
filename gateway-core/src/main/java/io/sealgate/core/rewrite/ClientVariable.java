package io.sealgate.core.rewrite;

import io.sealgate.core.model.ClientIdentity.Certified;
import io.sealgate.core.model.ClientIdentity.SubjectAltName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can be said about a client in a header of one's own choosing: a closed list. */
enum ClientVariable {
    SUBJECT,
    CN,
    ISSUER,
    SERIAL,
    FINGERPRINT,
    SPKI,
    NOT_AFTER,
    SPIFFE,
    SAN_DNS,
    SAN_URI,
    SAN_EMAIL,
    SAN_IP;

    private static final String PREFIX = "client.";

    /** {@code client.san-dns}. */
    String text() {
        return PREFIX + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<ClientVariable> of(String text) {
        return Arrays.stream(values())
                .filter(variable -> variable.text().equals(text))
                .findFirst();
    }

    /** All of them, for messages. */
    static String all() {
        return Arrays.stream(values()).map(ClientVariable::text).collect(Collectors.joining(", "));
    }

    /** Whether a client may have several values. */
    boolean isList() {
        return this == SAN_DNS || this == SAN_URI || this == SAN_EMAIL || this == SAN_IP;
    }

    /**
     * The value for a header: several are separated by commas. What is not visible ASCII, and {@code %} and the comma themselves,
     * are percent-encoded as UTF-8, so that nothing in a name ends a header or begins another. Empty if the client has none.
     *
     * @param separators ASCII that is to be percent-encoded too
     */
    String value(Certified client, String separators) {
        return values(client).stream()
                .map(value -> HeaderText.percentEncode(value, separators))
                .collect(Collectors.joining(","));
    }

    private List<String> values(Certified client) {
        return switch (this) {
            case SUBJECT -> List.of(client.subject());
            case CN -> Stream.ofNullable(client.commonName()).toList();
            case ISSUER -> List.of(client.issuer());
            case SERIAL -> List.of(client.serial());
            case FINGERPRINT -> List.of(client.fingerprintSha256());
            case SPKI -> List.of(client.spkiSha256());
            case NOT_AFTER -> List.of(client.notAfter().toString());
            case SPIFFE -> Stream.ofNullable(client.spiffeId()).toList();
            case SAN_DNS -> client.names(SubjectAltName.Type.DNS);
            case SAN_URI -> client.names(SubjectAltName.Type.URI);
            case SAN_EMAIL -> client.names(SubjectAltName.Type.EMAIL);
            case SAN_IP -> client.names(SubjectAltName.Type.IP);
        };
    }
}
