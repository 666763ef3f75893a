package io.sealgate.core.cam;

import io.sealgate.core.cam.TextPattern.Part;
import io.sealgate.core.cam.TextPattern.Part.Literal;
import io.sealgate.core.cam.TextPattern.Part.Star;
import io.sealgate.core.model.CosOperation;
import java.util.List;
import java.util.Set;

/** What is allowed by a star and nothing else. Denies may be wide: they err on the good side. */
final class WidthRule implements LintRule {

    private static final Set<String> EVERYTHING = Set.of("*", "cos:*", "name/*", "name/cos:*");

    @Override
    public void look(WrittenStatement statement, List<WrittenStatement> policy, Remarks remarks) {
        if (!statement.allows()) {
            return;
        }
        for (Written<ActionSet> action : statement.actions()) {
            if (EVERYTHING.contains(action.text())) {
                remarks.add(action.path(), PolicyAdvice.ANY_ACTION, "action", action.text());
            }
        }
        if (!isAboutBucketAlone(statement.operations())) {
            statement.resources().forEach(resource -> look(resource, remarks));
        }
    }

    /** The bucket has no key, so a star behind it adds nothing. Keys of batch deletes are in their bodies. */
    private static boolean isAboutBucketAlone(Set<CosOperation> operations) {
        return operations.stream()
                .allMatch(operation -> operation.is(CosOperation.Trait.ON_BUCKET)
                        && operation != CosOperation.DELETE_MULTIPLE_OBJECTS);
    }

    private static void look(Written<ResourceName> resource, Remarks remarks) {
        List<Part> parts = resource.value().path().parts();
        if (parts.size() == 1 && parts.get(0) instanceof Star) {
            remarks.add(resource.path(), PolicyAdvice.ANY_RESOURCE, "resource", resource.text());
        } else if (isWholeBucket(parts, resource.value().form().slashes())) {
            remarks.add(resource.path(), PolicyAdvice.WHOLE_BUCKET, "resource", resource.text());
        }
    }

    /** Whether nothing but a star stands behind the slash before the key, or a star comes last and no such slash. */
    private static boolean isWholeBucket(List<Part> parts, int slashes) {
        int left = slashes;
        for (int i = 0; i < parts.size(); i++) {
            String text = parts.get(i) instanceof Literal literal ? literal.text() : "";
            for (int at = 0; at < text.length(); at++) {
                if (text.charAt(at) == '/' && --left == 0) {
                    return at == text.length() - 1 && i == parts.size() - 2 && parts.get(i + 1) instanceof Star;
                }
            }
        }
        return parts.get(parts.size() - 1) instanceof Star;
    }
}
