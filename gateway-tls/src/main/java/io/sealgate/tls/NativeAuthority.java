package io.sealgate.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.internal.tcnative.SSL;
import io.netty.internal.tcnative.SSLContext;
import java.security.cert.X509Certificate;

/**
 * Tells whether BoringSSL can read a CA certificate whose name is sent to clients. BoringSSL is stricter than the JDK,
 * about the characters of names for instance. One CA that it cannot read would keep all keys and CAs of a listener from
 * being reloaded.
 */
final class NativeAuthority {

    private NativeAuthority() {}

    /** Whether BoringSSL can read it. */
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
            SSL.clearError(); // the next call on this thread would report it as its own
            if (bio != 0) {
                SSL.freeBIO(bio);
            }
            if (context != 0) {
                SSLContext.free(context);
            }
        }
    }
}
