package io.sealgate.core.cam;

import io.sealgate.core.cam.DocumentNode.Fields;
import io.sealgate.core.cam.DocumentNode.Items;
import io.sealgate.core.cam.LintRule.Remarks;
import io.sealgate.core.config.Problems;
import java.util.ArrayList;
import java.util.List;

/** Searches policies that are good as such for what is seldom meant, and says what would be better. Decides nothing. */
public final class PolicyLint {

    private static final List<LintRule> RULES = List.of(
            new WidthRule(),
            new OpenNameRule(),
            new JoinedNamesRule(),
            new ImpossibleValueRule(),
            new AbsenceRule(),
            new MediaTypeRule(),
            new PieceLengthRule(),
            new GrantsRule());

    private PolicyLint() {}

    /** Searches a document that {@link PolicyParser} has found good. */
    public static void document(DocumentNode document, Problems warnings) {
        if (document instanceof Fields fields && fields.fields().get("statement") instanceof Items statements) {
            statements(statements.items(), warnings, "statement");
        }
    }

    /** Searches statements that {@link PolicyParser} has found good. */
    public static void statements(List<DocumentNode> statements, Problems warnings, String path) {
        List<WrittenStatement> policy = new ArrayList<>();
        for (int i = 0; i < statements.size(); i++) {
            policy.add(WrittenStatement.of(statements.get(i), path + '[' + i + ']'));
        }
        Remarks remarks = (where, advice, what, value) -> warnings.add(where, advice.about(what, value));
        for (WrittenStatement statement : policy) {
            RULES.forEach(rule -> rule.look(statement, policy, remarks));
        }
    }
}
