package io.sealgate.origin;

import java.util.Arrays;

/** Chooses the requests that a fault is meant for. Called on event loops, so it must not block. */
@FunctionalInterface
public interface RequestMatcher {
    boolean matches(RequestHead head);

    static RequestMatcher any() {
        return head -> true;
    }

    static RequestMatcher method(String method) {
        return head -> head.method().equals(method);
    }

    /** By the raw path, {@code /dir/name}. */
    static RequestMatcher path(String path) {
        return head -> head.path().equals(path);
    }

    /** By the presence of a query parameter, {@code uploads} or {@code partNumber}, written as it is. */
    static RequestMatcher parameter(String name) {
        return head -> Arrays.stream(head.query().split("&"))
                .anyMatch(parameter -> parameter.equals(name) || parameter.startsWith(name + '='));
    }

    default RequestMatcher and(RequestMatcher other) {
        return head -> matches(head) && other.matches(head);
    }
}
