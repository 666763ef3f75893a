package io.sealgate.app.config;

import static java.util.Objects.requireNonNullElse;

import io.sealgate.core.cam.DocumentNode;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A policy: either a file of its own or statements in the configuration.
 *
 * @param name       what routes call it
 * @param document   a JSON file as Tencent's CAM has them; read again when it changes
 * @param statements the same statements as YAML
 */
public record PolicyConfig(
        String name, @Nullable Path document, @Nullable List<DocumentNode> statements) {
    public PolicyConfig {
        name = requireNonNullElse(name, "");
        statements = statements == null ? null : List.copyOf(statements);
    }
}
