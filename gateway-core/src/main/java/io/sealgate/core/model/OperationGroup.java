package io.sealgate.core.model;

import java.util.Locale;

/** The words under which a route serves several operations at once. */
public enum OperationGroup {
    READ,
    WRITE,
    COPY,
    DELETE,
    LIST,
    TAGGING,
    ACL;

    /** The name in configuration: lower case. */
    public String configName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
