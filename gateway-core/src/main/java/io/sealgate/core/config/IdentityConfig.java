package io.sealgate.core.config;

import static java.util.Objects.requireNonNullElse;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an origin learns about the client, by headers.
 *
 * @param headers headers of a known form
 * @param by      a URI that stands for the gateway in {@code x-forwarded-client-cert}; empty for none
 * @param custom  other headers by name, with texts that may contain variables such as <code>${client.cn}</code>
 */
public record IdentityConfig(List<Header> headers, String by, Map<String, String> custom) {

    public IdentityConfig {
        headers = List.copyOf(requireNonNullElse(headers, List.of()));
        by = requireNonNullElse(by, "");
        custom = Map.copyOf(requireNonNullElse(custom, Map.of()));
    }

    /** Nothing. */
    public static IdentityConfig none() {
        return new IdentityConfig(List.of(), "", Map.of());
    }

    /** Whether anything is said at all. */
    public boolean isNone() {
        return headers.isEmpty() && custom.isEmpty();
    }

    /** The headers of a known form. */
    public enum Header {
        /** The client's certificate (RFC 9440 §2.2). */
        CLIENT_CERT,
        /** Its issuers (RFC 9440 §2.3). */
        CLIENT_CERT_CHAIN,
        /** Envoy's. */
        X_FORWARDED_CLIENT_CERT;

        /** The header's name, and the word in configuration. */
        public String headerName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
