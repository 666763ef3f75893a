package io.sealgate.core.cam;

import io.sealgate.core.model.CosOperation;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A policy that was read and found good, on no route yet. Immutable. */
public final class Policy {

    private final String name;
    private final List<Statement> statements;

    Policy(String name, List<Statement> statements) {
        this.name = name;
        this.statements = List.copyOf(statements);
    }

    /** A policy that allows and denies nothing. */
    public static Policy empty(String name) {
        return new Policy(name, List.of());
    }

    /** Its name in the configuration. */
    public String name() {
        return name;
    }

    List<Statement> statements() {
        return statements;
    }

    /** The variables in it that only a client's certificate has values for, for messages; empty if there are none. */
    public String clientVariables() {
        return statements.stream()
                .flatMap(statement -> statement.clientVariables().stream())
                .distinct()
                .sorted()
                .map(Variable::text)
                .collect(Collectors.joining(", "));
    }

    /** Whether it allows one of the uploads in {@code served} without a limit on their length. */
    public boolean allowsUploadsOfAnySize(Set<CosOperation> served) {
        return statements.stream().anyMatch(statement -> statement.allowsUploadsOfAnySize(served));
    }

    /** Places of statements that are about another bucket, region or account than this, so that they never apply on the route. */
    public Set<Integer> statementsElsewhere(String bucket, String region, String route) {
        return places(statement -> statement.isElsewhere(bucket, region, route));
    }

    /** Places of statements that allow only what a route that serves {@code served} does not serve. */
    public Set<Integer> statementsUnserved(Set<CosOperation> served) {
        return places(statement -> statement.allowsNoneOf(served));
    }

    private Set<Integer> places(Predicate<Statement> which) {
        return IntStream.range(0, statements.size())
                .filter(place -> which.test(statements.get(place)))
                .boxed()
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a statement goes by names of the client's without saying whose: two CAs may have issued the same. */
    public boolean goesByNamesAlone() {
        return statements.stream().map(Statement::clientVariables).anyMatch(Variable::areNamesAlone);
    }
}
