package io.sealgate.app.config;

/** Spells places in the configuration: {@code routes[0].integrity.upload}. */
final class Paths {

    private Paths() {}

    static String child(String parent, String key) {
        return parent.isEmpty() ? key : parent + '.' + key;
    }

    static String item(String parent, int index) {
        return parent + '[' + index + ']';
    }
}
