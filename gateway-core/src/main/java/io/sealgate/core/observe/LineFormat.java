package io.sealgate.core.observe;

/** Writes one kind of event as a line of JSON. Confined to the page that it writes on. */
interface LineFormat<T> {

    /** Appends the line of {@code event}, without a line feed. */
    void format(T event, StringBuilder out);
}
