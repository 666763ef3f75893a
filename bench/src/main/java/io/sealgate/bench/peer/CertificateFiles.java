package io.sealgate.bench.peer;

import io.sealgate.bench.load.Target;
import io.sealgate.certs.AuthorityDirectory;
import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.IssuedFiles;
import io.sealgate.certs.RevocationReason;
import io.sealgate.certs.SubjectAltName;
import io.sealgate.certs.WriteMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * The PEM files of one run, all P-256.
 *
 * @param crl what the CA has revoked: one certificate
 * @param serverBundle server chain and key in one file, the form HAProxy wants
 */
public record CertificateFiles(
        Path ca, Path crl, Path serverChain, Path serverKey, Path serverBundle, Path clientChain, Path clientKey) {

    /** Makes a CA, a server and a client certificate in a directory that does not exist yet. */
    public static CertificateFiles create(Path directory) throws IOException {
        AuthorityDirectory authority = AuthorityDirectory.init(
                directory, CertificateSpec.authority("bench CA"), InstantSource.system(), WriteMode.CREATE);
        IssuedFiles server = authority.issueServer("server", List.of(SubjectAltName.dns(Target.HOST)));
        authority.revoke(
                authority.issueClient("lost", "lost", List.of()).issued().serial(), RevocationReason.KEY_COMPROMISE);
        IssuedFiles client = authority.issueClient("client", "device-1", List.of());
        Path bundle = directory.resolve("server-bundle.pem");
        Files.writeString(bundle, server.issued().chainPem() + server.issued().keyPem());
        return new CertificateFiles(
                authority.certificateFile(),
                authority.crlFile(),
                server.chain(),
                server.key(),
                bundle,
                client.chain(),
                client.key());
    }
}
