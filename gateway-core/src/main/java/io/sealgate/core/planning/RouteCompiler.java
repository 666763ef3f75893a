package io.sealgate.core.planning;

import io.sealgate.core.cam.Policy;
import io.sealgate.core.cam.PolicySource;
import io.sealgate.core.cam.RoutePolicies;
import io.sealgate.core.clients.ClientRule;
import io.sealgate.core.clients.ClientRuleCompiler;
import io.sealgate.core.clients.FingerprintFiles;
import io.sealgate.core.config.ClientsConfig.Anonymous;
import io.sealgate.core.config.EncryptionConfig;
import io.sealgate.core.config.EncryptionConfig.WhenClientSends;
import io.sealgate.core.config.IntegrityConfig.OnCorruptStore;
import io.sealgate.core.config.Problems;
import io.sealgate.core.config.RouteConfig;
import io.sealgate.core.keys.KeyTemplate;
import io.sealgate.core.keys.KeysCheck;
import io.sealgate.core.labels.LabelsCheck;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.OperationGroup;
import io.sealgate.core.request.PathPattern;
import io.sealgate.core.request.Route;
import io.sealgate.core.request.RouteTable;
import io.sealgate.core.rewrite.IdentityHeaders;
import io.sealgate.core.upstream.Origin;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Compiles the routing table, and reports every route that cannot work or would leak. Such a route is left out of the table. */
public final class RouteCompiler {

    private static final List<String> METHODS = List.of("GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS");

    private final Map<String, Origin> origins;
    private final FingerprintFiles fingerprints;
    private final PolicySource policies;
    private final Problems problems;

    private RouteCompiler(
            Map<String, Origin> origins, FingerprintFiles fingerprints, PolicySource policies, Problems problems) {
        this.origins = origins;
        this.fingerprints = fingerprints;
        this.policies = policies;
        this.problems = problems;
    }

    /** Compiles {@code configs} in order; the table is good only if {@code problems} got nothing. */
    public static RouteTable compile(
            List<RouteConfig> configs,
            Map<String, Origin> origins,
            FingerprintFiles fingerprints,
            PolicySource policies,
            Problems problems) {
        RouteCompiler compiler = new RouteCompiler(origins, fingerprints, policies, problems);
        List<Route> routes = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < configs.size(); i++) {
            String path = "routes[" + i + "]";
            String name = configs.get(i).name();
            if (name.isEmpty() || !names.add(name)) {
                problems.add(path + ".name", "name: " + name + " (expected: one of its own)");
            }
            Route route = compiler.compile(configs.get(i), path);
            if (route != null) {
                routes.add(route);
            }
        }
        new AddressingCheck(configs, origins, problems).run();
        return new RouteTable(routes);
    }

    private @Nullable Route compile(RouteConfig config, String path) {
        Origin origin = origins.get(config.origin());
        PathPattern pattern = pattern(config.match().path(), path + ".match.path");
        Set<CosOperation> operations = operations(config.operations(), path + ".operations");
        checkMatch(config.match(), path + ".match");
        config.encryption().check(problems, path + ".encryption");
        config.integrity().check(problems, path + ".integrity");
        List<Supplier<Policy>> named = policies(config.policies(), path + ".policies");
        config.uploads().check(problems, path + ".uploads");
        ClientRule clients = ClientRuleCompiler.compile(config.clients(), fingerprints, problems, path + ".clients");
        IdentityHeaders.check(config.identity(), problems, path + ".identity");
        checkKeys(config, path);
        checkLabels(config, path);
        if (origin == null) {
            problems.add(path + ".origin", "origin: " + config.origin() + " (expected: the name of an origin)");
            return null;
        }
        if (!origin.signs()) {
            checkForwarding(config, path);
        }
        return pattern == null || operations.isEmpty()
                ? null
                : new Route(
                        config,
                        origin.bucket(),
                        origin.region(),
                        origin.host().toLowerCase(Locale.ROOT),
                        pattern,
                        clients,
                        operations,
                        named == null
                                ? null
                                : new RoutePolicies(named, origin.bucket(), origin.region(), config.name()));
    }

    private @Nullable PathPattern pattern(String text, String path) {
        try {
            return PathPattern.parse(text);
        } catch (IllegalArgumentException e) {
            problems.add(path, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private @Nullable List<Supplier<Policy>> policies(@Nullable List<String> names, String path) {
        if (names == null) {
            return null;
        }
        if (names.isEmpty()) {
            problems.add(path, "policies: none (expected: at least one name, or the key left out)");
        }
        Set<String> seen = new HashSet<>();
        List<Supplier<Policy>> found = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Optional<Supplier<Policy>> policy = policies.find(names.get(i));
            if (policy.isEmpty() || !seen.add(names.get(i))) {
                problems.add(
                        path + "[" + i + "]", "policy: " + names.get(i) + " (expected: the name of a policy, once)");
            }
            policy.ifPresent(found::add);
        }
        return found;
    }

    private Set<CosOperation> operations(List<String> words, String path) {
        Set<CosOperation> operations = EnumSet.noneOf(CosOperation.class);
        if (words.isEmpty()) {
            problems.add(path, "operations: none (expected: what the route serves, for example [read, write])");
        }
        for (String word : words) {
            Set<CosOperation> meant = operations(word);
            if (meant.isEmpty()) {
                problems.add(
                        path,
                        "operation: " + word
                                + " (expected: " + OperationGroup.names() + ", " + OperationGroup.ALL
                                + " or a name such as PutObject)");
            }
            operations.addAll(meant);
        }
        return operations;
    }

    /** What a word of the configuration stands for: a group, or one operation; empty if it is neither. */
    public static Set<CosOperation> operations(String word) {
        Set<CosOperation> meant = EnumSet.noneOf(CosOperation.class);
        for (CosOperation operation : CosOperation.values()) {
            OperationGroup group = operation.group();
            boolean isInAll = word.equals(OperationGroup.ALL) && group.isInAll();
            if (isInAll || word.equals(group.configName()) || word.equals(operation.label())) {
                meant.add(operation);
            }
        }
        return meant;
    }

    private void checkMatch(RouteConfig.MatchConfig match, String path) {
        for (String method : match.methods()) {
            if (!METHODS.contains(method)) {
                problems.add(
                        path + ".methods",
                        "method: " + method + " (expected: one of " + String.join(", ", METHODS) + ")");
            }
        }
        for (String host : match.hosts()) {
            String plain = host.startsWith("*.") ? host.substring(2) : host;
            if (plain.isEmpty() || plain.contains("*") || (plain.contains(":") && !plain.startsWith("["))) {
                problems.add(
                        path + ".hosts",
                        "host: " + host + " (expected: a name without a port, * only as its first label)");
            }
        }
    }

    private void checkLabels(RouteConfig config, String path) {
        LabelsCheck.run(config.uploads(), config.clients().anonymous() == Anonymous.ALLOW, problems, path + ".uploads");
    }

    private void checkKeys(RouteConfig config, String path) {
        if (config.keys() == null) {
            return;
        }
        Optional<KeyTemplate> template = KeysCheck.run(config.keys(), problems, path + ".keys");
        boolean isForAnybody = config.clients().anonymous() == Anonymous.ALLOW;
        if (isForAnybody
                && template.isPresent()
                && !template.get().clientVariables().isEmpty()) {
            problems.add(
                    path + ".keys.template",
                    "template: " + config.keys().template()
                            + " (expected: no variables of the client's, the route allows anonymous clients)");
        }
    }

    /** Where the client signs, nothing can be added that its signature does not cover, and nothing asked that it does not ask. */
    private void checkForwarding(RouteConfig config, String path) {
        boolean injects = config.encryption().mode() != EncryptionConfig.Mode.NONE
                || config.encryption().whenClientSends() == WhenClientSends.REPLACE;
        if (injects) {
            problems.add(
                    path + ".encryption",
                    "encryption: " + config.encryption().mode() + " (expected: none, the origin's auth is forward)");
        }
        OnCorruptStore onCorruptStore = config.integrity().upload().onCorruptStore();
        if (onCorruptStore != OnCorruptStore.REPORT) {
            problems.add(
                    path + ".integrity.upload.on-corrupt-store",
                    "on-corrupt-store: " + onCorruptStore + " (expected: report, the origin's auth is forward)");
        }
        if (config.uploads().addsHeaders()) {
            problems.add(
                    path + ".uploads",
                    "uploads: headers added (expected: no forbid-overwrite, storage-class, traffic-limit, tags or meta, the"
                            + " origin's auth is forward)");
        }
        if (config.keys() != null) {
            problems.add(path + ".keys", "keys: chosen (expected: none, the origin's auth is forward)");
        }
        if (!config.identity().isNone()) {
            problems.add(path + ".identity", "identity: headers added (expected: none, the origin's auth is forward)");
        }
    }
}
