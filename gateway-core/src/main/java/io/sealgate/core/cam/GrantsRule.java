package io.sealgate.core.cam;

import io.sealgate.core.cam.ConditionKey.Source;
import io.sealgate.core.model.CosOperation;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code x-cos-acl} is one of six headers that open an object to others. Denying what it says leaves the five that grant. */
final class GrantsRule implements LintRule {

    private static final Set<ConditionKey> GRANTS = Arrays.stream(ConditionKey.values())
            .filter(key -> key.source() == Source.ACCESS && key != ConditionKey.ACL)
            .collect(Collectors.toUnmodifiableSet());

    @Override
    public void look(WrittenStatement statement, List<WrittenStatement> policy, Remarks remarks) {
        if (statement.allows() || policy.stream().anyMatch(GrantsRule::deniesAll)) {
            return;
        }
        for (WrittenCondition condition : statement.conditions()) {
            String escaping = GRANTS.stream()
                    .filter(grant -> policy.stream().noneMatch(other -> denies(other, grant)))
                    .sorted()
                    .map(ConditionKey::text)
                    .collect(Collectors.joining(", "));
            if (condition.key() == ConditionKey.ACL && !escaping.isEmpty()) {
                remarks.add(
                        condition.path(),
                        PolicyAdvice.GRANTS_ESCAPE,
                        "deny",
                        condition.condition().text() + " without " + escaping);
            }
        }
    }

    /** Whatever headers order an ACL, the request needs this permission too. */
    private static boolean deniesAll(WrittenStatement statement) {
        return !statement.allows()
                && statement.conditions().isEmpty()
                && statement.operations().contains(CosOperation.PUT_OBJECT_ACL);
    }

    /** With another of the six in the same statement it would take both to be denied. */
    private static boolean denies(WrittenStatement statement, ConditionKey grant) {
        List<ConditionKey> access = statement.conditions().stream()
                .map(WrittenCondition::key)
                .filter(key -> key.source() == Source.ACCESS)
                .toList();
        return !statement.allows() && access.equals(List.of(grant));
    }
}
