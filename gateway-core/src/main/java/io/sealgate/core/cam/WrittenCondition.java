package io.sealgate.core.cam;

import io.sealgate.core.cam.DocumentNode.Fields;
import io.sealgate.core.cam.DocumentNode.Items;
import io.sealgate.core.cam.DocumentNode.Text;
import io.sealgate.core.config.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A condition with its places. Immutable.
 *
 * @param path   where it stands
 * @param values each of its values
 */
record WrittenCondition(String path, Condition condition, List<Written<ValueTest>> values) {

    WrittenCondition {
        values = List.copyOf(values);
    }

    /** The conditions of a statement that is known to be good. */
    static List<WrittenCondition> all(DocumentNode section, String path) {
        List<WrittenCondition> conditions = new ArrayList<>();
        fields(section).forEach((operator, keys) -> fields(keys)
                .forEach((key, values) -> conditions.add(of(operator, key, values, path))));
        return conditions;
    }

    private static WrittenCondition of(String operator, String key, DocumentNode values, String path) {
        DocumentNode alone = new Fields(Map.of(operator, new Fields(Map.of(key, values))));
        Condition condition =
                new ConditionParser(new Problems()).conditions(alone, path).get(0);
        String where = path + '.' + operator + '.' + key;
        List<DocumentNode> items = values instanceof Items list ? list.items() : List.of(values);
        List<Written<ValueTest>> written = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            String item = values instanceof Items ? where + '[' + i + ']' : where;
            String text = ((Text) items.get(i)).value();
            written.add(new Written<>(item, text, condition.values().get(i)));
        }
        return new WrittenCondition(where, condition, written);
    }

    private static Map<String, DocumentNode> fields(DocumentNode node) {
        return ((Fields) node).fields();
    }

    ConditionKey key() {
        return condition.key();
    }

    Operator operator() {
        return condition.operator();
    }

    /** Whether it holds only for requests that say nothing under {@code asked}, or only for those that say something. */
    boolean isAboutPresence(ConditionKey asked) {
        return key() == asked && operator() == Operator.NULL_EQUAL;
    }
}
