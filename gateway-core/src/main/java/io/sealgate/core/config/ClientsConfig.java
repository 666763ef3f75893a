package io.sealgate.core.config;

import static java.util.Objects.requireNonNullElse;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may use a route. Everything that is given must hold; of a list, one entry.
 *
 * @param anonymous    whether clients without a certificate may
 * @param issuers      distinguished names of the CAs that issued the clients' own certificates
 * @param sanDns       DNS names, {@code *.} for one label in front
 * @param sanUri       URIs, which may end in {@code *}
 * @param spiffe       a SPIFFE ID, which may end in {@code /*}; empty for none
 * @param fingerprints lists of single certificates
 */
public record ClientsConfig(
        Anonymous anonymous,
        List<String> issuers,
        List<String> sanDns,
        List<String> sanUri,
        String spiffe,
        FingerprintsConfig fingerprints) {

    public ClientsConfig {
        anonymous = requireNonNullElse(anonymous, Anonymous.DENY);
        issuers = List.copyOf(requireNonNullElse(issuers, List.of()));
        sanDns = List.copyOf(requireNonNullElse(sanDns, List.of()));
        sanUri = List.copyOf(requireNonNullElse(sanUri, List.of()));
        spiffe = requireNonNullElse(spiffe, "");
        fingerprints = requireNonNullElse(fingerprints, new FingerprintsConfig(null, null));
    }

    /** Everybody who has a certificate, and perhaps those who have none. */
    @SuppressWarnings("NullAway") // absent is what null means in this constructor
    public static ClientsConfig of(@Nullable Anonymous anonymous) {
        return new ClientsConfig(anonymous, null, null, null, null, null);
    }

    /** What happens to clients without a certificate. */
    public enum Anonymous {
        DENY,
        ALLOW
    }

    /**
     * Files with SHA-256 fingerprints of certificates, one on a line.
     *
     * @param allow only these may
     * @param deny  these may not
     */
    public record FingerprintsConfig(
            @Nullable Path allow, @Nullable Path deny) {}
}
