package io.sealgate.core.credentials;

/** Credentials that stay as configured until the configuration is loaded anew. Immutable. */
public record StaticCredentials(CosCredentials current) implements CredentialSource {}
