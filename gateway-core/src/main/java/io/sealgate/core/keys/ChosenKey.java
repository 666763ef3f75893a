package io.sealgate.core.keys;

import java.util.Locale;

/** What came of choosing a key. */
public sealed interface ChosenKey {

    /** The key, decoded. */
    record Key(String text) implements ChosenKey {}

    /** There is none for this client and name. */
    record None(Reason reason) implements ChosenKey {}

    /** Why there is none: a closed set. */
    enum Reason {
        /** The client's certificate does not say what the template asks for, or what makes no key. */
        KEY_TEMPLATE,
        /** The name ends in something else than the route takes. */
        KEY_EXTENSION;

        /** Lower-case name for logs. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
