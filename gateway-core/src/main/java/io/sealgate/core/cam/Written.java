package io.sealgate.core.cam;

/**
 * A part of a policy with what it looks like to the person who wrote it.
 *
 * @param path  where it stands
 * @param text  as it stands there
 * @param value what it means
 */
record Written<T>(String path, String text, T value) {}
