package io.sealgate.core.cam;

import java.util.List;

/**
 * A statement on a route. Immutable.
 *
 * @param keys        patterns of keys in the route's bucket
 * @param failures    for each condition, what is found where it does not hold
 * @param hasUris     whether it has a variable of which a client may have several values
 * @param hasDnsNames the same
 */
record BoundStatement(
        StatementName name,
        Effect effect,
        ActionSet actions,
        List<TextPattern> keys,
        List<Condition> conditions,
        List<Finding> failures,
        boolean hasUris,
        boolean hasDnsNames) {

    private static final String PUBLIC_WRITE = "public-read-write";

    static BoundStatement of(StatementName name, Statement statement, String bucket, String region, String route) {
        return new BoundStatement(
                name,
                statement.effect(),
                statement.actions(),
                statement.resources().stream()
                        .flatMap(resource -> resource.keysIn(bucket, region, route).stream())
                        .distinct()
                        .toList(),
                statement.conditions().stream()
                        .map(condition -> condition.on(bucket, route))
                        .toList(),
                statement.conditions().stream()
                        .map(condition -> new Finding(Finding.Kind.OTHER_CONDITION, condition.text()))
                        .toList(),
                statement.clientVariables().contains(Variable.CLIENT_SAN_URI),
                statement.clientVariables().contains(Variable.CLIENT_SAN_DNS));
    }

    /** Whether it applies to the question; its action is known to fit. A client's names are tried one after the other, and one is enough. */
    Finding judge(Question question) {
        if (!hasUris && !hasDnsNames) {
            return judge(question, question.firstNames());
        }
        int uris = choices(question, Variable.CLIENT_SAN_URI, hasUris);
        int dnsNames = choices(question, Variable.CLIENT_SAN_DNS, hasDnsNames);
        Finding finding = Finding.OTHER_RESOURCE;
        for (int uri = 0; uri < uris; uri++) {
            for (int dns = 0; dns < dnsNames; dns++) {
                Finding found = judge(question, new Binding(question.client(), uri, dns));
                if (found.applies()) {
                    return found;
                }
                finding = found.kind() == Finding.Kind.OTHER_RESOURCE ? finding : found;
            }
        }
        return finding;
    }

    /** At least one: that there is no name has to be judged too. */
    private static int choices(Question question, Variable variable, boolean isUsed) {
        return isUsed ? Math.max(1, question.client().of(variable).size()) : 1;
    }

    private Finding judge(Question question, Binding binding) {
        if (!suffices(keyTruth(question.key(), binding))) {
            return Finding.OTHER_RESOURCE;
        }
        for (int i = 0; i < conditions.size(); i++) {
            if (!suffices(conditions.get(i).judge(question, binding))) {
                return failures.get(i);
            }
        }
        return Finding.APPLIES;
    }

    private Truth keyTruth(String key, Binding binding) {
        Truth truth = Truth.NO;
        for (TextPattern pattern : keys) {
            truth = truth.or(pattern.fits(key, false, binding));
        }
        return truth;
    }

    /** Doubt allows nothing and denies everything. */
    private boolean suffices(Truth truth) {
        return effect == Effect.ALLOW ? truth == Truth.YES : truth != Truth.NO;
    }

    /**
     * Whether it depends on a version, and is about objects: of a batch delete, each key is then to be judged with
     * its own version.
     */
    boolean dependsOnKeysVersion() {
        return conditions.stream().anyMatch(condition -> condition.key() == ConditionKey.VERSION_ID)
                && keys.stream().noneMatch(pattern -> pattern.parts().isEmpty());
    }

    /** Whether it allows to let everybody write, in so many words. */
    boolean namesPublicWrite() {
        return conditions.stream().anyMatch(condition -> condition.names(ConditionKey.ACL, PUBLIC_WRITE));
    }
}
