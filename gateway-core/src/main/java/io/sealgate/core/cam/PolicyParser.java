package io.sealgate.core.cam;

import io.sealgate.core.cam.DocumentNode.Fields;
import io.sealgate.core.cam.DocumentNode.Items;
import io.sealgate.core.cam.DocumentNode.Text;
import io.sealgate.core.config.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads policies, and reports everything in them that is wrong or not understood, each with its path. For one policy. */
public final class PolicyParser {

    private static final String VERSION = "2.0";
    private static final Set<String> DOCUMENT = Set.of("version", "statement");
    private static final Set<String> STATEMENT = Set.of("effect", "action", "resource", "condition");

    private final Problems problems;

    private PolicyParser(Problems problems) {
        this.problems = problems;
    }

    /** Reads a whole document, as Tencent writes them; the policy is good only if {@code problems} got nothing. */
    public static Policy document(String name, DocumentNode document, Problems problems) {
        return new Policy(name, new PolicyParser(problems).document(document));
    }

    /** Reads a list of statements; the policy is good only if {@code problems} got nothing. */
    public static Policy statements(String name, List<DocumentNode> statements, Problems problems, String path) {
        return new Policy(name, new PolicyParser(problems).statements(statements, path));
    }

    private List<Statement> document(DocumentNode document) {
        if (!(document instanceof Fields fields)) {
            problems.add(
                    "document", "policy: " + document.shape() + " (expected: a section with version and statement)");
            return List.of();
        }
        refuseUnknown(fields, DOCUMENT, "");
        DocumentNode version = fields.fields().get("version");
        if (!(version instanceof Text text) || !text.value().equals(VERSION)) {
            problems.add("version", "version: " + (version == null ? "none" : version.shape()) + " (expected: 2.0)");
        }
        DocumentNode statement = fields.fields().get("statement");
        return statements(statement instanceof Items items ? items.items() : List.of(), "statement");
    }

    private List<Statement> statements(List<DocumentNode> nodes, String path) {
        if (nodes.isEmpty()) {
            problems.add(path, "statements: none (expected: a list of at least one)");
        }
        List<Statement> statements = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            String item = path + '[' + i + ']';
            if (nodes.get(i) instanceof Fields fields) {
                statements.add(statement(fields, item));
            } else {
                problems.add(item, "statement: " + nodes.get(i).shape() + " (expected: a section)");
            }
        }
        return statements;
    }

    private Statement statement(Fields fields, String path) {
        refuseUnknown(fields, STATEMENT, path);
        ActionSet actions = ActionSet.none();
        for (ActionSet some : list(fields, "action", path, ActionSet::parse)) {
            actions = actions.and(some);
        }
        List<ResourceName> resources = list(fields, "resource", path, ResourceName::parse);
        DocumentNode conditions = fields.fields().get("condition");
        return new Statement(
                effect(fields.fields().get("effect"), path + ".effect"),
                actions,
                resources,
                conditions == null
                        ? List.of()
                        : new ConditionParser(problems).conditions(conditions, path + ".condition"));
    }

    private void refuseUnknown(Fields fields, Set<String> known, String path) {
        for (String name : fields.fields().keySet()) {
            String where = path.isEmpty() ? name : path + '.' + name;
            if (name.equals("principal")) {
                problems.add(
                        where,
                        "principal: not taken (expected: none, a policy is for the clients of the routes that name"
                                + " it)");
            } else if (!known.contains(name)) {
                problems.add(
                        where,
                        "unknown element (expected: "
                                + String.join(", ", known.stream().sorted().toList()) + ")");
            }
        }
    }

    private Effect effect(@Nullable DocumentNode node, String path) {
        for (Effect effect : Effect.values()) {
            if (node instanceof Text text && text.value().equals(effect.text())) {
                return effect;
            }
        }
        problems.add(path, "effect: " + (node == null ? "none" : node.shape()) + " (expected: allow or deny)");
        return Effect.DENY;
    }

    /** A text or a list of texts. */
    private <T> List<T> list(Fields fields, String name, String path, Function<String, T> parser) {
        DocumentNode node = fields.fields().get(name);
        String where = path + '.' + name;
        List<T> parsed = new ArrayList<>();
        if (node instanceof Text) {
            parse(node, name, where, parser, parsed);
        } else if (node instanceof Items items && !items.items().isEmpty()) {
            for (int i = 0; i < items.items().size(); i++) {
                parse(items.items().get(i), name, where + '[' + i + ']', parser, parsed);
            }
        } else {
            String shape = node instanceof Fields ? node.shape() : "none";
            problems.add(where, name + ": " + shape + " (expected: a text or a list of at least one)");
        }
        return parsed;
    }

    private <T> void parse(DocumentNode node, String name, String path, Function<String, T> parser, List<T> parsed) {
        if (!(node instanceof Text text)) {
            problems.add(path, name + ": " + node.shape() + " (expected: a text)");
            return;
        }
        try {
            parsed.add(parser.apply(text.value()));
        } catch (IllegalArgumentException e) {
            problems.add(path, String.valueOf(e.getMessage()));
        }
    }
}
