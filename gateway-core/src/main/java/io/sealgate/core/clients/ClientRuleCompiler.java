package io.sealgate.core.clients;

import io.sealgate.core.clients.ClientRule.Gate;
import io.sealgate.core.config.ClientsConfig;
import io.sealgate.core.config.Problems;
import io.sealgate.core.model.ClientIdentity.Certified;
import io.sealgate.core.model.ClientIdentity.SubjectAltName;
import io.sealgate.core.model.DistinguishedName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Compiles the {@code clients} section of a route, and reports what cannot work. For one section. */
public final class ClientRuleCompiler {

    private final FingerprintFiles files;
    private final Problems problems;
    private final String path;
    private final List<Gate> gates = new ArrayList<>();

    private ClientRuleCompiler(FingerprintFiles files, Problems problems, String path) {
        this.files = files;
        this.problems = problems;
        this.path = path;
    }

    /** The rule of {@code config}; good only if {@code problems} got nothing. */
    public static ClientRule compile(ClientsConfig config, FingerprintFiles files, Problems problems, String path) {
        return new ClientRuleCompiler(files, problems, path).compile(config);
    }

    private ClientRule compile(ClientsConfig config) {
        issuers(config.issuers());
        names("san-dns", config.sanDns(), NamePattern::dns, SubjectAltName.Type.DNS, NamePattern::matchesDns);
        names("san-uri", config.sanUri(), NamePattern::uri, SubjectAltName.Type.URI, NamePattern::matches);
        if (!config.spiffe().isEmpty()) {
            spiffe(config.spiffe());
        }
        fingerprints(config.fingerprints().deny(), "deny", list -> client -> !isOn(list, client));
        fingerprints(config.fingerprints().allow(), "allow", list -> client -> isOn(list, client));
        boolean admitsAnonymous = config.anonymous() == ClientsConfig.Anonymous.ALLOW;
        if (admitsAnonymous && !gates.isEmpty()) {
            problems.add(
                    path + ".anonymous",
                    "anonymous: allow (expected: deny, where only some certificates may; any client could leave its own"
                            + " out)");
        }
        return new ClientRule(admitsAnonymous, gates);
    }

    private void issuers(List<String> names) {
        Set<String> issuers = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            try {
                issuers.add(DistinguishedName.parse(names.get(i)).toString());
            } catch (IllegalArgumentException e) {
                problems.add(
                        path + ".issuers[" + i + "]",
                        "issuer: " + names.get(i) + " (expected: a distinguished name such as CN=Fleet CA,O=Example)");
            }
        }
        if (!names.isEmpty()) {
            gates.add(new Gate("issuer", client -> issuers.contains(client.issuer())));
        }
    }

    private void names(
            String key,
            List<String> texts,
            Function<String, NamePattern> parser,
            SubjectAltName.Type type,
            BiPredicate<NamePattern, String> matcher) {
        List<NamePattern> patterns = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            NamePattern pattern = parse(texts.get(i), parser, path + "." + key + "[" + i + "]");
            if (pattern != null) {
                patterns.add(pattern);
            }
        }
        if (!texts.isEmpty()) {
            gates.add(new Gate(key, client -> client.names(type).stream()
                    .anyMatch(name -> patterns.stream().anyMatch(pattern -> matcher.test(pattern, name)))));
        }
    }

    private void spiffe(String text) {
        NamePattern pattern = parse(text, NamePattern::spiffe, path + ".spiffe");
        gates.add(new Gate("spiffe", client -> {
            String id = client.spiffeId();
            return id != null && pattern != null && pattern.matches(id);
        }));
    }

    private @Nullable NamePattern parse(String text, Function<String, NamePattern> parser, String where) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            problems.add(where, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private void fingerprints(
            @Nullable Path file, String key, Function<Supplier<Fingerprints>, Predicate<Certified>> gate) {
        if (file != null) {
            Supplier<Fingerprints> list =
                    files.open(file, problems, path + ".fingerprints." + key).orElse(Fingerprints::none);
            gates.add(new Gate("fingerprint", gate.apply(list)));
        }
    }

    private static boolean isOn(Supplier<Fingerprints> list, Certified client) {
        return list.get().contains(client);
    }
}
