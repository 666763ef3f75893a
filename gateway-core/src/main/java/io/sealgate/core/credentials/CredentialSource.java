package io.sealgate.core.credentials;

/**
 * Knows the gateway's COS credentials of this moment. Called on event loops, once per signature: must not block, so whatever
 * has to be fetched is refreshed in the background and swapped whole. Thread-safe.
 */
@FunctionalInterface
public interface CredentialSource {

    /** The credentials to sign with now. */
    CosCredentials current();
}
