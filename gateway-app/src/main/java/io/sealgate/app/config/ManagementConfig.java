package io.sealgate.app.config;

import static java.util.Objects.requireNonNullElse;

/**
 * Where operators look.
 *
 * @param bind address and port of the management endpoints; they only read
 */
public record ManagementConfig(BindAddress bind) {

    public ManagementConfig {
        bind = requireNonNullElse(bind, BindAddress.parse("127.0.0.1:9901"));
    }
}
