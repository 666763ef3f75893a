package io.sealgate.core.cam;

import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ClientIdentity.Certified;
import io.sealgate.core.model.ClientIdentity.SubjectAltName;
import io.sealgate.core.model.DistinguishedName;
import io.sealgate.core.model.VisibleText;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What may stand as <code>${…}</code> in resources, condition values and, if it is {@linkplain #isOfClient() the
 * client's}, keys that the gateway chooses: a closed list.
 */
public enum Variable {
    CLIENT_CN("client.cn"),
    CLIENT_SAN_URI("client.san.uri"),
    CLIENT_SAN_DNS("client.san.dns"),
    CLIENT_SPIFFE_PATH("client.spiffe.path"),
    CLIENT_SERIAL("client.serial"),
    CLIENT_ISSUER_CN("client.issuer.cn"),
    CLIENT_FINGERPRINT("client.fingerprint"),
    /** Known when a policy is compiled for a route. */
    BUCKET("bucket"),
    /** The same. */
    ROUTE("route");

    private static final String SPIFFE = "spiffe://";

    private final String text;

    Variable(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** Whether it is known when a client is, and not before. */
    public boolean isOfClient() {
        return this != BUCKET && this != ROUTE;
    }

    /** Whether its values are hexadecimal digits, and not a text that somebody has chosen. */
    boolean isHexadecimal() {
        return this == CLIENT_SERIAL || this == CLIENT_FINGERPRINT;
    }

    /**
     * Whether texts with these variables are about names that any CA can issue: at least one, and neither the
     * issuer's name nor the certificate's own fingerprint among them.
     */
    public static boolean areNamesAlone(Collection<Variable> variables) {
        return variables.stream().anyMatch(Variable::isOfClient)
                && !variables.contains(CLIENT_ISSUER_CN)
                && !variables.contains(CLIENT_FINGERPRINT);
    }

    /** The variable that is written so, without its dollar and braces. */
    public static Optional<Variable> of(String text) {
        return Arrays.stream(values())
                .filter(variable -> variable.text.equals(text))
                .findFirst();
    }

    /** All of them, for messages. */
    static String all() {
        return Arrays.stream(values()).map(Variable::text).collect(Collectors.joining(", "));
    }

    /** Those of the client's, for messages. */
    public static String allOfClient() {
        return Arrays.stream(values())
                .filter(Variable::isOfClient)
                .map(Variable::text)
                .collect(Collectors.joining(", "));
    }

    /** What a client's certificate has for this; empty if nothing, or no certificate. */
    public List<String> valuesOf(ClientIdentity identity) {
        if (!(identity instanceof Certified client)) {
            return List.of();
        }
        List<String> values =
                switch (this) {
                    case CLIENT_CN -> Stream.ofNullable(client.commonName()).toList();
                    case CLIENT_SAN_URI -> client.names(SubjectAltName.Type.URI);
                    case CLIENT_SAN_DNS -> client.names(SubjectAltName.Type.DNS);
                    case CLIENT_SPIFFE_PATH ->
                        Stream.ofNullable(client.spiffeId())
                                .map(Variable::spiffePath)
                                .toList();
                    case CLIENT_SERIAL -> List.of(client.serial());
                    case CLIENT_ISSUER_CN ->
                        Stream.ofNullable(commonName(client.issuer())).toList();
                    case CLIENT_FINGERPRINT -> List.of(client.fingerprintSha256());
                    case BUCKET, ROUTE -> List.of();
                };
        return values.stream().filter(value -> !value.isEmpty()).toList();
    }

    private static @Nullable String commonName(String issuer) {
        try {
            return DistinguishedName.parse(issuer).commonName();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** What follows the trust domain, without the slash between them. */
    private static String spiffePath(String id) {
        int slash = id.indexOf('/', SPIFFE.length());
        return slash < 0 ? "" : id.substring(slash + 1);
    }

    /**
     * Whether {@code value} may stand in a key. A slash in a name would put one client's keys below another's, dots
     * make keys that no request can have, and what cannot be seen makes another's. The path of a SPIFFE ID has
     * slashes by nature, and no dot segments.
     */
    public boolean canStandInKey(String value) {
        return (this == CLIENT_SPIFFE_PATH || value.indexOf('/') < 0)
                && !value.equals(".")
                && !value.equals("..")
                && VisibleText.isVisible(value);
    }
}
