package io.sealgate.core.cam;

import io.sealgate.core.model.CosOperation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Statements of one effect, by what they are about: first the action, then the key. Immutable. */
final class StatementIndex {

    private final Map<CosOperation, List<KeyIndex>> byOperation;

    private StatementIndex(Map<CosOperation, List<KeyIndex>> byOperation) {
        this.byOperation = byOperation;
    }

    static StatementIndex of(List<BoundStatement> statements) {
        // statements about the same actions share one tree, which is otherwise there once for each of them
        Map<ActionSet, List<BoundStatement>> groups = new LinkedHashMap<>();
        for (BoundStatement statement : statements) {
            groups.computeIfAbsent(statement.actions(), actions -> new ArrayList<>())
                    .add(statement);
        }
        Map<ActionSet, KeyIndex> trees = new LinkedHashMap<>();
        groups.forEach((actions, group) -> trees.put(actions, KeyIndex.of(group)));
        Map<CosOperation, List<KeyIndex>> byOperation = new EnumMap<>(CosOperation.class);
        trees.forEach((actions, tree) -> actions.operations().forEach(operation -> byOperation
                .computeIfAbsent(operation, added -> new ArrayList<>())
                .add(tree)));
        return new StatementIndex(byOperation);
    }

    /** Whether any statement is about {@code operation} at all, on whatever key. */
    boolean has(CosOperation operation) {
        return byOperation.containsKey(operation);
    }

    /** Shows {@code visitor} every statement that may fit the question, some perhaps twice, until it says true. */
    boolean find(Question question, boolean findsDoubtful, Predicate<BoundStatement> visitor) {
        List<KeyIndex> trees = byOperation.getOrDefault(question.operation(), List.of());
        for (KeyIndex keys : trees) {
            if (keys.find(question.key(), question.client(), findsDoubtful, visitor)) {
                return true;
            }
        }
        return false;
    }
}
