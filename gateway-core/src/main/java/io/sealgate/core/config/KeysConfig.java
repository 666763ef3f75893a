package io.sealgate.core.config;

import static java.util.Objects.requireNonNullElse;

import java.util.List;

/**
 * How a route names what is uploaded through it.
 *
 * @param template   of the keys, with <code>${…}</code> for what changes
 * @param extensions that clients may ask for, without the dot, lower case; for <code>${ext}</code>
 */
public record KeysConfig(String template, List<String> extensions) {
    public KeysConfig {
        template = requireNonNullElse(template, "");
        extensions = List.copyOf(requireNonNullElse(extensions, List.of()));
    }
}
