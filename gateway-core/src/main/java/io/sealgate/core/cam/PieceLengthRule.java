package io.sealgate.core.cam;

import io.sealgate.core.model.CosOperation;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** The length of a request's body is no limit on objects that are uploaded in pieces. */
final class PieceLengthRule implements LintRule {

    private static final Set<CosOperation> IN_PIECES = Set.of(
            CosOperation.INITIATE_MULTIPART,
            CosOperation.UPLOAD_PART,
            CosOperation.COMPLETE_MULTIPART,
            CosOperation.APPEND_OBJECT);

    @Override
    public void look(WrittenStatement statement, List<WrittenStatement> policy, Remarks remarks) {
        if (!statement.allows() || Collections.disjoint(statement.operations(), IN_PIECES)) {
            return;
        }
        for (WrittenCondition condition : statement.conditions()) {
            if (condition.key() == ConditionKey.CONTENT_LENGTH) {
                remarks.add(
                        condition.path(),
                        PolicyAdvice.LENGTH_OF_A_PIECE,
                        "condition",
                        condition.condition().text());
            }
        }
    }
}
