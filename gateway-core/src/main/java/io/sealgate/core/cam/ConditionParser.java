package io.sealgate.core.cam;

import io.sealgate.core.cam.Condition.Quantifier;
import io.sealgate.core.cam.DocumentNode.Fields;
import io.sealgate.core.cam.DocumentNode.Items;
import io.sealgate.core.cam.DocumentNode.Text;
import io.sealgate.core.config.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the conditions of a statement: operators, under each keys, under each a value or a list of them. */
final class ConditionParser {

    private static final String ANY = "for_any_value:";
    private static final String ALL = "for_all_value:";
    private static final String OPTIONAL = "_if_exist";

    private final Problems problems;

    ConditionParser(Problems problems) {
        this.problems = problems;
    }

    List<Condition> conditions(DocumentNode node, String path) {
        List<Condition> conditions = new ArrayList<>();
        for (Map.Entry<String, DocumentNode> entry : section(node, path).entrySet()) {
            String where = path + '.' + entry.getKey();
            Spelling spelling = Spelling.of(entry.getKey());
            Optional<Operator> operator = Operator.of(spelling.name());
            if (operator.isEmpty()) {
                problems.add(where, "operator: " + entry.getKey() + " (expected: " + Operator.EXPECTED + ")");
                continue;
            }
            section(entry.getValue(), where)
                    .forEach((key, values) -> condition(spelling, operator.get(), key, values, where)
                            .ifPresent(conditions::add));
        }
        return conditions;
    }

    private Map<String, DocumentNode> section(DocumentNode node, String path) {
        if (node instanceof Fields fields && !fields.fields().isEmpty()) {
            return fields.fields();
        }
        String shape = node instanceof Fields ? "none" : node.shape();
        problems.add(path, "conditions: " + shape + " (expected: a section with at least one entry)");
        return Map.of();
    }

    private Optional<Condition> condition(
            Spelling spelling, Operator operator, String name, DocumentNode node, String path) {
        String where = path + '.' + name;
        Optional<ConditionKey> key = ConditionKey.of(name);
        if (key.isEmpty()) {
            problems.add(where, "key: " + name + " (expected: one of " + ConditionKey.all() + ")");
            return Optional.empty();
        }
        if (!key.get().takes(operator)) {
            problems.add(where, "operator: " + operator.text() + " (expected: one for the values of " + name + ")");
            return Optional.empty();
        }
        List<ValueTest> values = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        List<DocumentNode> items = node instanceof Items list ? list.items() : List.of(node);
        if (items.isEmpty()) {
            problems.add(where, "values: none (expected: at least one)");
        }
        for (int i = 0; i < items.size(); i++) {
            String item = node instanceof Items ? where + '[' + i + ']' : where;
            if (!(items.get(i) instanceof Text text)) {
                problems.add(item, "value: " + items.get(i).shape() + " (expected: a single value)");
                continue;
            }
            texts.add(text.value());
            try {
                values.add(ConditionValues.parse(operator, key.get(), text.value()));
            } catch (IllegalArgumentException e) {
                problems.add(item, String.valueOf(e.getMessage()));
            }
        }
        String written = spelling.written() + " {" + name + ": " + String.join(", ", texts) + '}';
        return Optional.of(
                new Condition(spelling.quantifier(), operator, key.get(), spelling.isOptional(), values, written));
    }

    /** An operator as it is written, taken apart. */
    private record Spelling(String written, Quantifier quantifier, String name, boolean isOptional) {
        static Spelling of(String written) {
            Quantifier quantifier = written.startsWith(ANY)
                    ? Quantifier.ANY
                    : written.startsWith(ALL) ? Quantifier.ALL : Quantifier.NONE;
            String rest = quantifier == Quantifier.NONE ? written : written.substring(ANY.length());
            boolean isOptional = rest.endsWith(OPTIONAL);
            String name = isOptional ? rest.substring(0, rest.length() - OPTIONAL.length()) : rest;
            return new Spelling(written, quantifier, name, isOptional);
        }
    }
}
