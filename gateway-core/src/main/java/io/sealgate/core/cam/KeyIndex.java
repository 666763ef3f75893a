package io.sealgate.core.cam;

import io.sealgate.core.cam.TextPattern.Part;
import io.sealgate.core.cam.TextPattern.Part.Literal;
import io.sealgate.core.cam.TextPattern.Part.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Finds the statements whose keys may fit one, in time that grows with the key and not with the statements: a tree of what patterns begin
 * with, down to their first star. An edge is a text or a variable; a key walks along the texts it begins with and along
 * the values that its client has. What is found may fit; whether it does, the statement itself says. Immutable.
 */
final class KeyIndex {

    private final char[] firsts;
    private final String[] texts;
    private final KeyIndex[] children;
    private final Map<Variable, KeyIndex> variables;
    private final BoundStatement[] exact;
    private final BoundStatement[] open;

    private KeyIndex(Node node) {
        node.edges.sort(Comparator.comparing((Edge edge) -> edge.text.charAt(0)));
        this.firsts = new char[node.edges.size()];
        this.texts = new String[firsts.length];
        this.children = new KeyIndex[firsts.length];
        for (int i = 0; i < firsts.length; i++) {
            Edge edge = node.edges.get(i);
            firsts[i] = edge.text.charAt(0);
            texts[i] = edge.text;
            children[i] = new KeyIndex(edge.node);
        }
        Map<Variable, KeyIndex> byVariable = new EnumMap<>(Variable.class);
        node.variables.forEach((variable, child) -> byVariable.put(variable, new KeyIndex(child)));
        this.variables = byVariable;
        this.exact = node.exact.toArray(BoundStatement[]::new);
        this.open = node.open.toArray(BoundStatement[]::new);
    }

    static KeyIndex of(List<BoundStatement> statements) {
        Node root = new Node();
        for (BoundStatement statement : statements) {
            for (TextPattern pattern : statement.keys()) {
                root.add(pattern.parts(), statement);
            }
        }
        return new KeyIndex(root);
    }

    /**
     * Shows {@code visitor} every statement that may fit, some perhaps twice, until it says true.
     *
     * @param findsDoubtful whether a variable without a value may be anything
     */
    boolean find(String key, ClientValues client, boolean findsDoubtful, Predicate<BoundStatement> visitor) {
        return find(key, 0, client, findsDoubtful, visitor);
    }

    private boolean find(
            String key, int at, ClientValues client, boolean findsDoubtful, Predicate<BoundStatement> visitor) {
        if (any(open, visitor) || (at == key.length() && any(exact, visitor))) {
            return true;
        }
        int edge = at < key.length() ? Arrays.binarySearch(firsts, key.charAt(at)) : -1;
        if (edge >= 0 && key.startsWith(texts[edge], at)) {
            boolean isDone = children[edge].find(key, at + texts[edge].length(), client, findsDoubtful, visitor);
            if (isDone) {
                return true;
            }
        }
        if (variables.isEmpty()) {
            return false;
        }
        for (Map.Entry<Variable, KeyIndex> entry : variables.entrySet()) {
            if (along(entry.getKey(), entry.getValue(), key, at, client, findsDoubtful, visitor)) {
                return true;
            }
        }
        return false;
    }

    private static boolean along(
            Variable variable,
            KeyIndex child,
            String key,
            int at,
            ClientValues client,
            boolean findsDoubtful,
            Predicate<BoundStatement> visitor) {
        List<String> values = client.of(variable);
        boolean isDoubtful = values.isEmpty();
        for (String value : values) {
            if (!variable.canStandInKey(value)) {
                isDoubtful = true;
            } else if (key.startsWith(value, at)
                    && child.find(key, at + value.length(), client, findsDoubtful, visitor)) {
                return true;
            }
        }
        return isDoubtful && findsDoubtful && child.all(visitor);
    }

    /** Everything from here on. */
    private boolean all(Predicate<BoundStatement> visitor) {
        if (any(open, visitor) || any(exact, visitor)) {
            return true;
        }
        for (KeyIndex child : children) {
            if (child.all(visitor)) {
                return true;
            }
        }
        for (KeyIndex child : variables.values()) {
            if (child.all(visitor)) {
                return true;
            }
        }
        return false;
    }

    private static boolean any(BoundStatement[] statements, Predicate<BoundStatement> visitor) {
        for (BoundStatement statement : statements) {
            if (visitor.test(statement)) {
                return true;
            }
        }
        return false;
    }

    /** While the tree grows. */
    private static final class Node {

        private final List<Edge> edges = new ArrayList<>(1);
        private final Map<Variable, Node> variables = new EnumMap<>(Variable.class);
        private final List<BoundStatement> exact = new ArrayList<>(1);
        private final List<BoundStatement> open = new ArrayList<>(1);

        void add(List<Part> parts, BoundStatement statement) {
            Node node = this;
            for (Part part : parts) {
                if (part instanceof Literal literal) {
                    node = node.below(literal.text());
                } else if (part instanceof Reference reference) {
                    node = node.variables.computeIfAbsent(reference.variable(), variable -> new Node());
                } else {
                    node.open.add(statement);
                    return;
                }
            }
            node.exact.add(statement);
        }

        private Node below(String text) {
            if (text.isEmpty()) {
                return this;
            }
            for (Edge edge : edges) {
                int common = common(edge.text, text);
                if (common > 0) {
                    edge.splitAt(common);
                    return edge.node.below(text.substring(common));
                }
            }
            Edge edge = new Edge(text, new Node());
            edges.add(edge);
            return edge.node;
        }

        private static int common(String one, String other) {
            int length = Math.min(one.length(), other.length());
            int common = 0;
            while (common < length && one.charAt(common) == other.charAt(common)) {
                common++;
            }
            return common;
        }
    }

    private static final class Edge {

        private String text;
        private Node node;

        Edge(String text, Node node) {
            this.text = text;
            this.node = node;
        }

        void splitAt(int length) {
            if (length < text.length()) {
                Node between = new Node();
                between.edges.add(new Edge(text.substring(length), node));
                text = text.substring(0, length);
                node = between;
            }
        }
    }
}
