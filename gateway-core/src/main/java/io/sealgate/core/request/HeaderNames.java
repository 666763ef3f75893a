package io.sealgate.core.request;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a header's name says about who may set it. Names are looked at in lower case and with {@code _} read as {@code -}, because
 * servers of the CGI tradition do not tell the two apart.
 */
public final class HeaderNames {

    /** Fields that decide where a message ends, where it goes or what it may do. */
    private static final Set<String> CRITICAL = Set.of(
            "connection",
            "content-length",
            "transfer-encoding",
            "te",
            "trailer",
            "upgrade",
            "host",
            "expect",
            "authorization",
            "content-encoding",
            "content-md5",
            "content-type",
            "range",
            "pic-operations");

    private static final Set<String> IDENTITY = Set.of(
            "forwarded",
            "via",
            "true-client-ip",
            "ali-cdn-real-ip",
            "cdn-src-ip",
            "x-real-ip",
            "x-cluster-client-ip",
            "x-authenticated-user",
            "x-subject-dn",
            "x-arr-clientcert",
            "x-common-name",
            "x-user-dn",
            "x-http-method",
            "x-http-method-override",
            "x-method-override",
            "x-rewrite-url");

    private static final List<String> IDENTITY_PREFIXES = List.of(
            "x-forwarded",
            "x-original-",
            "x-remote-",
            "remote-",
            "cf-connecting-",
            "cf-client",
            "cf-cert",
            "client-cert",
            "fastly-client",
            "x-client-",
            "x-clientcert",
            "x-cert",
            "x-peer-cert",
            "x-ssl-",
            "ssl-client",
            "tls-client",
            "x-tls-",
            "x-mtls-",
            "x-spiffe-",
            "x-apigee-tls-",
            "x-goog-authenticated-",
            "x-goog-iap-",
            "x-auth-request-",
            "x-amzn-mtls-",
            "x-amzn-oidc-",
            "x-azure-",
            "x-envoy-",
            "x-sealgate-");

    /** Prefixes that mean something to COS or to its S3 dialect. */
    private static final List<String> COS_PREFIXES = List.of("x-cos", "x-ci-", "x-amz-");

    private static final List<String> METADATA_PREFIXES = List.of("x-cos-meta-", "x-amz-meta-");

    private HeaderNames() {}

    /** Whether only a gateway may say this: who the client is, which way a message came, or that it means another one. Never passed on from downstream. */
    public static boolean isIdentity(String name) {
        String plain = plain(name);
        return IDENTITY.contains(plain) || Text.startsWithAny(plain, IDENTITY_PREFIXES);
    }

    /** Whether COS, data processing included, would act on it: must be on an operation's list or is refused. */
    public static boolean isCos(String name) {
        String plain = plain(name);
        return plain.equals("pic-operations") || Text.startsWithAny(plain, COS_PREFIXES);
    }

    /** Whether it is spelled with an underscore to pass for a header that matters. Names of metadata may have underscores. */
    static boolean isDisguised(String name) {
        if (name.indexOf('_') < 0 || Text.startsWithAny(name.toLowerCase(Locale.ROOT), METADATA_PREFIXES)) {
            return false;
        }
        return CRITICAL.contains(plain(name)) || isIdentity(name) || isCos(name);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
