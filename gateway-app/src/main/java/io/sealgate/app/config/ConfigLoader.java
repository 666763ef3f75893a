package io.sealgate.app.config;

import io.sealgate.core.config.Problems;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * From a configuration's text to a {@link GatewayConfig} that holds together: everything that can be known to be wrong
 * before a socket is opened is found here. Immutable.
 */
public final class ConfigLoader {

    private final Function<String, @Nullable String> environment;

    /** Resolves {@code env:NAME} with {@code environment}. */
    public ConfigLoader(Function<String, @Nullable String> environment) {
        this.environment = environment;
    }

    /**
     * Reads, binds and checks.
     *
     * @throws ConfigException with every problem there is
     */
    public Loaded load(ConfigSource source) throws ConfigException {
        Problems problems = new Problems();
        YamlNode.Mapping tree;
        try {
            tree = YamlTree.read(source.text(), problems);
        } catch (YamlSyntaxException e) {
            throw new ConfigException(List.of(source.name() + ':' + e.line() + ": " + e.text()));
        }
        SecretReader secrets = new SecretReader(source.baseDirectory(), environment);
        Scalars scalars = new Scalars(secrets, source.baseDirectory());
        GatewayConfig config = new RecordBinder(scalars, problems).bind(tree, GatewayConfig.class, "");
        LocatedProblems located = new LocatedProblems(source.name(), tree);
        Findings findings = new Findings(problems);
        if (config != null) {
            new ConfigChecks(config, findings).run();
            SecretFileChecks files = new SecretFileChecks(findings);
            files.run(config);
            files.run(tree, source.baseDirectory());
        }
        if (config == null || !problems.isEmpty()) {
            throw new ConfigException(located.locate(problems.lines()));
        }
        return new Loaded(config, located.locate(findings.warnings()), located::locate);
    }

    /**
     * A configuration that can be used.
     *
     * @param config   the configuration
     * @param warnings what works but is seldom meant, one line each
     * @param places   puts file and line before what is found out later, {@code path: message} each
     */
    public record Loaded(GatewayConfig config, List<String> warnings, UnaryOperator<List<String>> places) {
        public Loaded {
            warnings = List.copyOf(warnings);
        }
    }
}
