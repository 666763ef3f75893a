package io.sealgate.core.model;

/**
 * One query parameter, decoded. {@code ?uploads} and {@code ?uploads=} are the same to COS and both have an empty value.
 *
 * @param name  decoded name, case as sent
 * @param value decoded value, empty if there was none
 */
public record QueryParameter(String name, String value) {}
