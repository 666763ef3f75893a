package io.sealgate.core.cam;

import io.sealgate.core.cam.Finding.Kind;
import io.sealgate.core.model.CosOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The policies of one route, compiled: a deny that applies wins, then an allow, and otherwise the answer is no. In which order policies
 * and statements stand makes no difference. Immutable and thread-safe.
 */
public final class PolicySet {

    private final List<BoundStatement> statements;
    private final StatementIndex denies;
    private final StatementIndex allows;

    private PolicySet(List<BoundStatement> statements) {
        this.statements = List.copyOf(statements);
        this.denies = StatementIndex.of(withEffect(Effect.DENY));
        this.allows = StatementIndex.of(withEffect(Effect.ALLOW));
    }

    /** Compiles policies for a route to {@code bucket}. */
    public static PolicySet compile(List<Policy> policies, String bucket, String region, String route) {
        List<BoundStatement> statements = new ArrayList<>();
        for (Policy policy : policies) {
            for (int i = 0; i < policy.statements().size(); i++) {
                StatementName name = new StatementName(policy.name(), i);
                statements.add(BoundStatement.of(name, policy.statements().get(i), bucket, region, route));
            }
        }
        return new PolicySet(statements);
    }

    private List<BoundStatement> withEffect(Effect effect) {
        return statements.stream()
                .filter(statement -> statement.effect() == effect)
                .toList();
    }

    /**
     * Decides.
     *
     * @param key decoded; empty for the bucket itself
     */
    public Decision decide(CosOperation operation, String key, RequestFacts facts) {
        Question question = new Question(operation, key, facts);
        BoundStatement deny = first(denies, question, true);
        if (deny != null) {
            return new Decision(Effect.DENY, deny.name());
        }
        BoundStatement allow = first(allows, question, false);
        return allow == null ? Decision.BY_DEFAULT : new Decision(Effect.ALLOW, allow.name());
    }

    /**
     * Decides on the bucket whether a request whose keys are in its body may send that body: unless it is denied outright, or nothing
     * allows {@code operation} on any key. What depends on the version of a key is left for {@link #decide}.
     */
    public Decision decideOnBody(CosOperation operation, RequestFacts facts) {
        BoundStatement deny = first(denies, new Question(operation, "", facts), true);
        if (deny != null) {
            return new Decision(Effect.DENY, deny.name());
        }
        return allows.has(operation) ? new Decision(Effect.ALLOW, null) : Decision.BY_DEFAULT;
    }

    /** Holds every statement against the question, in the order in which they were written: what {@link #decide} goes by, all of it. */
    public List<Review> explain(CosOperation operation, String key, RequestFacts facts) {
        Question question = new Question(operation, key, facts);
        return statements.stream()
                .map(statement -> new Review(statement.name(), statement.effect(), judge(statement, question)))
                .toList();
    }

    private static @Nullable BoundStatement first(StatementIndex index, Question question, boolean findsDoubtful) {
        FirstThatApplies visitor = new FirstThatApplies(question);
        index.find(question, findsDoubtful, visitor);
        return visitor.found;
    }

    private static Finding judge(BoundStatement statement, Question question) {
        if (!statement.actions().has(question.operation())) {
            return Finding.OTHER_ACTION;
        }
        if (question.isOnBody() && statement.dependsOnKeysVersion()) {
            return Finding.OF_EACH_KEY;
        }
        Finding finding = statement.judge(question);
        boolean isUnnamed = finding.applies()
                && statement.effect() == Effect.ALLOW
                && question.isAboutPublicWrite()
                && !statement.namesPublicWrite();
        return isUnnamed ? new Finding(Kind.NOT_NAMED, "") : finding;
    }

    /** Stops at the first statement that applies. Confined to one decision. */
    private static final class FirstThatApplies implements Predicate<BoundStatement> {

        private final Question question;
        private @Nullable BoundStatement found;

        FirstThatApplies(Question question) {
            this.question = question;
        }

        @Override
        public boolean test(BoundStatement statement) {
            if (judge(statement, question).applies()) {
                found = statement;
            }
            return found != null;
        }
    }
}
