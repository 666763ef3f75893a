package io.sealgate.certs;

import java.nio.file.Path;

/**
 * A certificate issued into a directory.
 *
 * @param name what its files are called, without extension
 * @param chain PEM: the certificate, then its issuers, without the root
 * @param key PEM: unencrypted PKCS#8, mode 0600
 */
public record IssuedFiles(String name, IssuedCertificate issued, Path chain, Path key) {}
