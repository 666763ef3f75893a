package io.sealgate.app.config;

import io.sealgate.core.cam.Policy;
import io.sealgate.core.cam.PolicyAdvice;
import io.sealgate.core.cam.PolicyLint;
import io.sealgate.core.cam.PolicySource;
import io.sealgate.core.config.RouteConfig;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.request.Route;
import io.sealgate.core.request.RouteTable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Warns of policies that may not do what was meant, by themselves or on the routes that name them. */
final class PolicyAdviceChecks {

    private final GatewayConfig config;
    private final Findings findings;

    PolicyAdviceChecks(GatewayConfig config, Findings findings) {
        this.config = config;
        this.findings = findings;
    }

    /** Looks at nothing as long as there are problems: advice is for what works. */
    void run(PolicySource policies, RouteTable routes) {
        if (!findings.problems().isEmpty()) {
            return;
        }
        for (int i = 0; i < config.policies().size(); i++) {
            lint(config.policies().get(i), Paths.item("policies", i));
            nowhere(config.policies().get(i), policies, routes, Paths.item("policies", i));
        }
        for (int i = 0; i < routes.routes().size(); i++) {
            Route route = routes.routes().get(i);
            String path = Paths.item("routes", i);
            List<Policy> named = named(route.config(), policies);
            uploads(route, named, path + ".uploads.max-size");
            SeveralAuthoritiesCheck.run(config, route.config(), named, findings, path + ".clients.issuers");
        }
    }

    private void lint(PolicyConfig policy, String path) {
        if (policy.document() != null) {
            PolicyFile.lint(policy.document(), findings.collectedWarnings(), path + ".document");
        } else if (policy.statements() != null) {
            PolicyLint.statements(policy.statements(), findings.collectedWarnings(), path + ".statements");
        }
    }

    /** Of a policy that several routes name, what applies nowhere. */
    private void nowhere(PolicyConfig config, PolicySource policies, RouteTable routes, String path) {
        Policy policy = policies.find(config.name()).map(Supplier::get).orElse(Policy.empty(config.name()));
        List<Route> naming = routes.routes().stream()
                .filter(route -> names(route.config(), config.name()))
                .toList();
        naming.stream()
                .map(route -> policy.statementsElsewhere(route.bucket(), route.region(), route.name()))
                .reduce(PolicyAdviceChecks::both)
                .ifPresent(places -> tell(config, places, path, PolicyAdvice.ELSEWHERE, "resources"));
        naming.stream()
                .map(route -> policy.statementsUnserved(asked(route)))
                .reduce(PolicyAdviceChecks::both)
                .ifPresent(places -> tell(config, places, path, PolicyAdvice.UNSERVED, "actions"));
    }

    /** What the policies of a route may be asked for: what it serves, and reading what is copied from other routes. */
    private static Set<CosOperation> asked(Route route) {
        Set<CosOperation> asked = EnumSet.copyOf(route.operations());
        if (asked.contains(CosOperation.COPY_OBJECT) || asked.contains(CosOperation.UPLOAD_PART_COPY)) {
            asked.add(CosOperation.GET_OBJECT);
        }
        return asked;
    }

    private void tell(PolicyConfig config, Set<Integer> places, String path, PolicyAdvice advice, String what) {
        places.stream()
                .sorted()
                .forEach(place -> findings.warn(
                        path + (config.document() == null ? ".statements[" + place + ']' : ".document"),
                        advice.about(what, "those of " + config.name() + '[' + place + ']')));
    }

    private static boolean names(RouteConfig route, String policy) {
        return route.policies() != null && route.policies().contains(policy);
    }

    private static Set<Integer> both(Set<Integer> first, Set<Integer> second) {
        return first.stream().filter(second::contains).collect(Collectors.toUnmodifiableSet());
    }

    private static List<Policy> named(RouteConfig route, PolicySource policies) {
        List<Policy> named = new ArrayList<>();
        for (String name : route.policies() == null ? List.<String>of() : route.policies()) {
            policies.find(name).ifPresent(policy -> named.add(policy.get()));
        }
        return named;
    }

    private void uploads(Route route, List<Policy> policies, String path) {
        String unlimited = names(policies, policy -> policy.allowsUploadsOfAnySize(route.operations()));
        if (route.config().uploads().maxSize() == null && !unlimited.isEmpty()) {
            findings.warn(
                    path,
                    PolicyAdvice.UPLOADS_OF_ANY_SIZE.about("max-size", "none with uploads allowed by " + unlimited));
        }
    }

    static String names(List<Policy> policies, Predicate<Policy> which) {
        return policies.stream().filter(which).map(Policy::name).collect(Collectors.joining(", "));
    }
}
