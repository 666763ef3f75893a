package io.sealgate.core.observe;

/**
 * The name of a JSON field, written once as it stands before a value: what a line is made of are mostly its names. Constants of ours, which
 * need no escaping. Immutable.
 */
record JsonName(String beforeText, String beforeValue) {

    static JsonName of(String name) {
        return new JsonName(",\"" + name + "\":\"", ",\"" + name + "\":");
    }
}
