package io.sealgate.app.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.apache.hc.client5.http.DnsResolver;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The AWS SDK for Java as its users set it up: nothing but where to go and the device's certificate. */
final class AwsSdk {

    /** A key that nobody knows: who the client is, its certificate says. */
    private static final StaticCredentialsProvider UNKNOWN =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDunused", "unused"));

    private AwsSdk() {}

    /** Where the bucket is named. */
    enum Addressing {
        /** {@code https://localhost/bucket/key}, a host of the gateway's own. */
        PATH,
        /** {@code https://bucket.cos.region.myqcloud.com/key}, a name that leads to the gateway. */
        HOST
    }

    static S3Client through(TestSite site, Addressing addressing) throws GeneralSecurityException, IOException {
        KeyManager[] keys = TestSite.keys(site.device());
        TrustManager[] trust = {site.trust()};
        SdkHttpClient http = Apache5HttpClient.builder()
                .tlsKeyManagersProvider(() -> keys)
                .tlsTrustManagersProvider(() -> trust)
                .dnsResolver(new Loopback())
                .build();
        String host = addressing == Addressing.PATH ? "localhost" : "cos." + TestSite.REGION + ".myqcloud.com";
        return S3Client.builder()
                .endpointOverride(URI.create("https://" + host + ":" + site.port()))
                .forcePathStyle(addressing == Addressing.PATH)
                .region(Region.of(TestSite.REGION))
                .credentialsProvider(UNKNOWN)
                .httpClient(http)
                .build();
    }

    /** Every name leads to the gateway. */
    private static final class Loopback implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) {
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
