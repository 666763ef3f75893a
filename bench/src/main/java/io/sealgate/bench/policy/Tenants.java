package io.sealgate.bench.policy;

import io.sealgate.core.cam.DocumentNode;
import io.sealgate.core.cam.Policy;
import io.sealgate.core.cam.PolicyParser;
import io.sealgate.core.cam.PolicySet;
import io.sealgate.core.config.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The policies that are measured: each allows uploads of a tenant's own, up to a size, and denies a part of them. */
final class Tenants {

    private Tenants() {}

    static PolicySet compile(int count) {
        Problems problems = new Problems();
        List<Policy> policies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String keys = "${bucket}/tenants/" + i + "/${client.cn}/";
            policies.add(PolicyParser.statements(
                    "tenant-" + i,
                    List.of(
                            statement("allow", keys + "*", "numeric_less_than_equal", "cos:content-length", "5242880"),
                            statement("deny", keys + "kept/*", "string_equal", "cos:host", "gateway.example.com")),
                    problems,
                    "statements"));
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException(problems.lines().toString());
        }
        return PolicySet.compile(policies, "examplebucket-1250000000", "ap-guangzhou", "bench");
    }

    private static DocumentNode statement(String effect, String resource, String operator, String key, String value) {
        DocumentNode condition = new DocumentNode.Fields(
                Map.of(operator, new DocumentNode.Fields(Map.of(key, new DocumentNode.Text(value)))));
        return new DocumentNode.Fields(Map.of(
                "effect", new DocumentNode.Text(effect),
                "action", new DocumentNode.Text("name/cos:PutObject"),
                "resource", new DocumentNode.Text(resource),
                "condition", condition));
    }
}
