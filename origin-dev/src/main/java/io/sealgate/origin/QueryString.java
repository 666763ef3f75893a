package io.sealgate.origin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decoded query parameters in order. Only {@code &} separates: a raw {@code ;} belongs to the value. */
record QueryString(List<Parameter> parameters) {
    record Parameter(String name, String value) {}

    QueryString {
        parameters = List.copyOf(parameters);
    }

    static QueryString parse(String query) {
        List<Parameter> parameters = new ArrayList<>();
        for (String pair : query.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                parameters.add(new Parameter(Percent.decodeForm(name), Percent.decodeForm(value)));
            }
        }
        return new QueryString(parameters);
    }

    Optional<String> first(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equalsIgnoreCase(name))
                .map(Parameter::value)
                .findFirst();
    }

    boolean contains(String name) {
        return first(name).isPresent();
    }
}
