package io.sealgate.core.cam;

import io.sealgate.core.cam.DocumentNode.Fields;
import io.sealgate.core.cam.DocumentNode.Items;
import io.sealgate.core.cam.DocumentNode.Text;
import io.sealgate.core.model.CosOperation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A statement with the places of its parts. Immutable. */
record WrittenStatement(
        Effect effect,
        List<Written<ActionSet>> actions,
        List<Written<ResourceName>> resources,
        List<WrittenCondition> conditions) {

    WrittenStatement {
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
        conditions = List.copyOf(conditions);
    }

    /** The statement at {@code path}, known to be good. */
    static WrittenStatement of(DocumentNode node, String path) {
        Fields fields = (Fields) node;
        DocumentNode conditions = fields.fields().get("condition");
        return new WrittenStatement(
                effect(element(fields, "effect")),
                texts(element(fields, "action"), path + ".action", ActionSet::parse),
                texts(element(fields, "resource"), path + ".resource", ResourceName::parse),
                conditions == null ? List.of() : WrittenCondition.all(conditions, path + ".condition"));
    }

    private static DocumentNode element(Fields fields, String name) {
        return Objects.requireNonNull(fields.fields().get(name), name);
    }

    private static Effect effect(DocumentNode node) {
        return Arrays.stream(Effect.values())
                .filter(effect -> effect.text().equals(((Text) node).value()))
                .findFirst()
                .orElseThrow();
    }

    private static <T> List<Written<T>> texts(DocumentNode node, String path, Function<String, T> parser) {
        if (node instanceof Text text) {
            return List.of(new Written<>(path, text.value(), parser.apply(text.value())));
        }
        List<Written<T>> written = new ArrayList<>();
        for (DocumentNode item : ((Items) node).items()) {
            String text = ((Text) item).value();
            written.add(new Written<>(path + '[' + written.size() + ']', text, parser.apply(text)));
        }
        return written;
    }

    boolean allows() {
        return effect == Effect.ALLOW;
    }

    Set<CosOperation> operations() {
        return actions.stream()
                .flatMap(actions -> actions.value().operations().stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
