package io.sealgate.app.config;

import io.sealgate.core.cam.Policy;
import io.sealgate.core.cam.PolicyParser;
import io.sealgate.core.cam.PolicySource;
import io.sealgate.core.config.Problems;
import io.sealgate.core.spi.ReloadListener;
import io.sealgate.core.spi.ReloadListener.Material;
import io.sealgate.tls.reload.Watched;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The policies of a configuration. Finding is thread-safe; refreshing is confined to the thread that looks after files. */
public final class PolicyLibrary implements PolicySource {

    private final Map<String, Supplier<Policy>> policies = new HashMap<>();
    private final List<Watched<Policy>> watched = new ArrayList<>();

    private PolicyLibrary() {}

    /** Loads every policy of {@code config}; the library is good only if {@code problems} got nothing. */
    public static PolicyLibrary load(GatewayConfig config, Problems problems, ReloadListener events) {
        PolicyLibrary library = new PolicyLibrary();
        NamelessClients nameless = NamelessClients.of(config);
        for (int i = 0; i < config.policies().size(); i++) {
            library.add(config.policies().get(i), nameless, problems, Paths.item("policies", i), events);
        }
        return library;
    }

    private void add(
            PolicyConfig config, NamelessClients nameless, Problems problems, String path, ReloadListener events) {
        String name = config.name();
        // what is bad in itself is no reason to say of every route that its policy is missing
        policies.put(name, () -> Policy.empty(name));
        Path document = config.document();
        if ((document == null) == (config.statements() == null)) {
            problems.add(path, "policy: " + name + " (expected: document or statements, one of them)");
        } else if (document != null) {
            String where = path + ".document";
            Watched.load(
                            Material.POLICY,
                            name,
                            List.of(document),
                            found -> PolicyFile.read(name, document, found, where)
                                    .filter(policy -> nameless.accept(policy, found, where)),
                            problems,
                            events)
                    .ifPresent(policy -> {
                        watched.add(policy);
                        policies.put(name, policy::value);
                    });
        } else if (config.statements() != null) {
            String where = path + ".statements";
            Policy policy = PolicyParser.statements(name, config.statements(), problems, where);
            nameless.accept(policy, problems, where);
            policies.put(name, () -> policy);
        }
    }

    @Override
    public Optional<Supplier<Policy>> find(String name) {
        return Optional.ofNullable(policies.get(name));
    }

    /** Reads the documents that have changed; true if any policy is another one now. */
    public boolean refresh() {
        boolean isAnyNew = false;
        for (Watched<Policy> policy : watched) {
            isAnyNew |= policy.refresh();
        }
        return isAnyNew;
    }

    /** What was read is in force. */
    public void tell() {
        watched.forEach(Watched::tell);
    }
}
