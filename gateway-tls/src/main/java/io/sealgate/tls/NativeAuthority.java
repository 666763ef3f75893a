package io.sealgate.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.internal.tcnative.SSL;
import io.netty.internal.tcnative.SSLContext;
import java.security.cert.X509Certificate;

/**
 * What BoringSSL has to say of a CA that clients are told of. It is stricter than the JDK, with the characters of names for
 * instance, and one CA that it does not read would keep all keys and CAs of a listener from being renewed.
 */
final class NativeAuthority {

    private NativeAuthority() {}

    /** Whether it can be among those that clients are told of. */
    static boolean isReadable(X509Certificate authority) {
        OpenSsl.ensureAvailability();
        long context = 0;
        long bio = 0;
        try {
            context = SSLContext.make(SSL.SSL_PROTOCOL_TLSV1_2, SSL.SSL_MODE_SERVER);
            bio = NativeCredential.bio(authority);
            return SSLContext.setCACertificateBio(context, bio);
        } catch (Exception e) {
            return false;
        } finally {
            SSL.clearError(); // it would be taken for one of whatever this thread asks next
            if (bio != 0) {
                SSL.freeBIO(bio);
            }
            if (context != 0) {
                SSLContext.free(context);
            }
        }
    }
}
