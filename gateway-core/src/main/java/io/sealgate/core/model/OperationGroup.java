package io.sealgate.core.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The words under which a route serves several operations at once. */
public enum OperationGroup {
    READ,
    WRITE,
    COPY,
    DELETE,
    LIST,
    TAGGING,
    ACL,
    /** Brings archived objects back, which costs. */
    RESTORE,
    /** Decides until when objects cannot be deleted. */
    LOCK,
    /** Creates, deletes and configures the bucket. */
    CONFIGURATION;

    /** The word for every group that is about the work with objects. */
    public static final String ALL = "all";

    /** The name in configuration: lower case. */
    public String configName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether {@link #ALL} stands for it as well: not for what changes more than objects, or costs more than traffic. */
    public boolean isInAll() {
        return switch (this) {
            case READ, WRITE, COPY, DELETE, LIST, TAGGING, ACL -> true;
            case RESTORE, LOCK, CONFIGURATION -> false;
        };
    }

    /** All of them, for messages. */
    public static String names() {
        return Arrays.stream(values()).map(OperationGroup::configName).collect(Collectors.joining(", "));
    }
}
