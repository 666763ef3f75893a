package io.sealgate.core.cam;

import io.sealgate.core.cam.TextPattern.Part;
import io.sealgate.core.cam.TextPattern.Part.Star;
import java.util.List;

/**
 * Media types are compared without regard to case and may have parameters (RFC 9110 §8.3.1): {@code Text/HTML;x=y} is
 * {@code text/html} to every browser. A list of types that are not wanted has to catch both.
 */
final class MediaTypeRule implements LintRule {

    @Override
    public void look(WrittenStatement statement, List<WrittenStatement> policy, Remarks remarks) {
        for (WrittenCondition condition : statement.conditions()) {
            // a deny of some types, or an allow of all but some
            boolean isDenial = statement.allows() == condition.operator().isNegated();
            boolean isMediaType = condition.key() == ConditionKey.CONTENT_TYPE
                    || condition.key() == ConditionKey.RESPONSE_CONTENT_TYPE;
            if (isDenial && isMediaType) {
                condition.values().forEach(value -> look(value, remarks));
            }
        }
    }

    private static void look(Written<ValueTest> value, Remarks remarks) {
        if (value.value() instanceof ValueTest.Text text && !catchesAllSpellings(text)) {
            remarks.add(value.path(), PolicyAdvice.MEDIA_TYPE_ESCAPES, "value", value.text());
        }
    }

    private static boolean catchesAllSpellings(ValueTest.Text text) {
        List<Part> parts = text.pattern().parts();
        boolean isOpen = !parts.isEmpty() && parts.get(parts.size() - 1) instanceof Star;
        return isOpen && (text.ignoresCase() || parts.size() == 1);
    }
}
