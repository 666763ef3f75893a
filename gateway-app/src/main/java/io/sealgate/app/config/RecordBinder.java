package io.sealgate.app.config;

import io.sealgate.app.config.Scalars.Scalar;
import io.sealgate.core.cam.DocumentNode;
import io.sealgate.core.config.Problems;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Turns the tree of a configuration file into records, component by component. Knows these shapes: a record is a section, a
 * {@code List} is a list, a {@code Map<String, T>} a section with free keys, everything else a single value ({@link Scalars}), or, if sealed,
 * a word, a section or a list. What is
 * absent or wrong is handed to the record's constructor as {@code null}, which stands for the default; what is wrong is a
 * problem as well, so that such a record never gets further than the check.
 */
final class RecordBinder {

    private final Scalars scalars;
    private final Problems problems;

    RecordBinder(Scalars scalars, Problems problems) {
        this.scalars = scalars;
        this.problems = problems;
    }

    /** Binds a section; {@code null} if the record's constructor refuses, which is a problem then. */
    <T> @Nullable T bind(YamlNode.Mapping section, Class<T> type, String path) {
        RecordComponent[] components = type.getRecordComponents();
        refuseUnknownKeys(section, components, path);
        @Nullable
        Object[] values = Arrays.stream(components)
                .map(component -> component(section, component, path))
                .toArray();
        return construct(type, components, values, path);
    }

    private void refuseUnknownKeys(YamlNode.Mapping section, RecordComponent[] components, String path) {
        TreeSet<String> known = new TreeSet<>();
        for (RecordComponent component : components) {
            known.add(Words.key(component.getName()));
        }
        for (String key : section.entries().keySet()) {
            if (!known.contains(key)) {
                problems.add(Paths.child(path, key), "unknown key (expected: " + String.join(", ", known) + ")");
            }
        }
    }

    private @Nullable Object component(YamlNode.Mapping section, RecordComponent component, String path) {
        String key = Words.key(component.getName());
        YamlNode node = section.entries().get(key);
        return node == null ? null : value(node, component.getGenericType(), Paths.child(path, key));
    }

    private @Nullable Object value(YamlNode node, Type type, String path) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class
                    ? list(node, generic.getActualTypeArguments()[0], path)
                    : map(node, generic.getActualTypeArguments()[1], path);
        }
        Class<?> target = (Class<?>) type;
        if (target == DocumentNode.class) {
            return PolicyFile.node(node); // policies have a parser of their own
        }
        Optional<Scalar> scalar = scalars.of(target);
        if (scalar.isPresent()) {
            return single(node, scalar.get(), path);
        }
        if (target.isSealed()) {
            return alternative(node, target, path);
        }
        if (node instanceof YamlNode.Mapping section) {
            return bind(section, target, path);
        }
        return refuse(path, node.shape(), "a section");
    }

    /** A sealed type is either a word, its record without components, or the section or the list that its other record wraps. */
    private @Nullable Object alternative(YamlNode node, Class<?> sealed, String path) {
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            RecordComponent[] components = permitted.getRecordComponents();
            if (node instanceof YamlNode.Scalar scalar
                    && components.length == 0
                    && scalar.text().equals(Words.word(permitted, sealed))) {
                return construct(permitted, components, new Object[0], path);
            }
            if (components.length == 1 && isShapedFor(components[0].getType(), node)) {
                Object wrapped = value(node, components[0].getGenericType(), path);
                return wrapped == null ? null : construct(permitted, components, new Object[] {wrapped}, path);
            }
        }
        return refuse(path, node.shape(), Words.alternatives(sealed));
    }

    private static boolean isShapedFor(Class<?> type, YamlNode node) {
        return type == List.class ? node instanceof YamlNode.Sequence : node instanceof YamlNode.Mapping;
    }

    private @Nullable Object list(YamlNode node, Type itemType, String path) {
        if (!(node instanceof YamlNode.Sequence sequence)) {
            return refuse(path, node.shape(), "a list");
        }
        List<Object> items = new ArrayList<>();
        for (int index = 0; index < sequence.items().size(); index++) {
            Object item = value(sequence.items().get(index), itemType, Paths.item(path, index));
            if (item != null) {
                items.add(item);
            }
        }
        return items;
    }

    private @Nullable Object map(YamlNode node, Type valueType, String path) {
        if (!(node instanceof YamlNode.Mapping section)) {
            return refuse(path, node.shape(), "a section");
        }
        Map<String, Object> entries = new LinkedHashMap<>();
        section.entries().forEach((key, child) -> {
            Object value = value(child, valueType, Paths.child(path, key));
            if (value != null) {
                entries.put(key, value);
            }
        });
        return entries;
    }

    private @Nullable Object single(YamlNode node, Scalar scalar, String path) {
        if (!(node instanceof YamlNode.Scalar written) || !scalar.kinds().contains(written.kind())) {
            return refuse(path, scalar.isSecret() ? "******" : node.shape(), scalar.expected());
        }
        try {
            return scalar.parse().apply(written.text());
        } catch (IllegalArgumentException e) {
            problems.add(path, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private @Nullable Object refuse(String path, String found, String expected) {
        problems.add(path, "value: " + found + " (expected: " + expected + ")");
        return null;
    }

    private <T> @Nullable T construct(
            Class<T> type, RecordComponent[] components, @Nullable Object[] values, String path) {
        Class<?>[] parameters =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return type.getConstructor(parameters).newInstance(values);
        } catch (InvocationTargetException e) {
            Throwable refusal = e.getTargetException();
            problems.add(path, String.valueOf(refusal.getMessage()));
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " is not a public record with its canonical constructor", e);
        }
    }
}
