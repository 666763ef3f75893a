package io.sealgate.app.it;

import com.qcloud.cos.COSClient;
import com.qcloud.cos.ClientConfig;
import com.qcloud.cos.auth.BasicCOSCredentials;
import com.qcloud.cos.auth.BasicSessionCredentials;
import com.qcloud.cos.auth.COSCredentials;
import com.qcloud.cos.endpoint.EndpointResolver;
import com.qcloud.cos.endpoint.UserSpecifiedEndpointBuilder;
import com.qcloud.cos.http.DefaultCosHttpClient;
import com.qcloud.cos.http.HttpProtocol;
import com.qcloud.cos.region.Region;
import java.lang.reflect.Field;
import javax.net.ssl.SSLContext;
import org.apache.http.client.HttpClient;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.impl.client.HttpClientBuilder;

/** Clients of the COS Java SDK that dial the gateway instead of COS. */
final class CosSdk {

    /** What the SDK puts into Host, and so into its signature. */
    enum HostMode {
        /** The bucket's own host: only the connection is redirected. */
        BUCKET {
            @Override
            void point(ClientConfig config, String endpoint) {
                config.setEndpointResolver(new EndpointResolver() {
                    @Override
                    public String resolveGeneralApiEndpoint(String host) {
                        return endpoint;
                    }

                    @Override
                    public String resolveGetServiceApiEndpoint(String host) {
                        return endpoint;
                    }
                });
            }
        },
        /** The gateway's name and port: the bucket appears nowhere in the request. */
        GATEWAY {
            @Override
            void point(ClientConfig config, String endpoint) {
                config.setEndpointBuilder(new UserSpecifiedEndpointBuilder(endpoint, endpoint));
            }
        };

        abstract void point(ClientConfig config, String endpoint);
    }

    /** A device's own credentials, which nobody but the device knows. */
    static final COSCredentials UNKNOWN = new BasicSessionCredentials("AKIDdevice", "device-secret", "device-token");
    /** Those that the origin accepts. */
    static final COSCredentials ACCEPTED = new BasicCOSCredentials(TestSite.SECRET_ID, TestSite.SECRET_KEY);

    private CosSdk() {}

    /** A client that speaks plain HTTP to {@code forwarder}. */
    static COSClient through(TlsForwarder forwarder, HostMode mode, COSCredentials credentials) {
        return new COSClient(credentials, config(mode, forwarder.endpoint(), HttpProtocol.http));
    }

    /** A client that speaks plain HTTP to a port of this machine, and names the bucket's own host. */
    static COSClient plain(int port, COSCredentials credentials) {
        return new COSClient(credentials, config(HostMode.BUCKET, "localhost:" + port, HttpProtocol.http));
    }

    /** A client that signs for, or is asked for a presigned URL of, the gateway itself. */
    static COSClient direct(TestSite site, HostMode mode, COSCredentials credentials) {
        return new COSClient(credentials, config(mode, "localhost:" + site.port(), HttpProtocol.https));
    }

    /**
     * A client that speaks TLS itself. The SDK has no option for that, so its HTTP client is exchanged for one that has a
     * certificate.
     *
     * @param context what it trusts and presents
     * @param protocol the only version of TLS it speaks
     */
    static COSClient withTls(TestSite site, HostMode mode, SSLContext context, String protocol) throws Exception {
        COSClient client = direct(site, mode, UNKNOWN);
        Field transport = COSClient.class.getDeclaredField("cosHttpClient");
        transport.setAccessible(true);
        Field http = DefaultCosHttpClient.class.getDeclaredField("httpClient");
        http.setAccessible(true);
        http.set(transport.get(client), tls(context, protocol));
        return client;
    }

    private static HttpClient tls(SSLContext context, String protocol) {
        return HttpClientBuilder.create()
                .setSSLSocketFactory(new SSLConnectionSocketFactory(
                        context,
                        new String[] {protocol},
                        null,
                        SSLConnectionSocketFactory.getDefaultHostnameVerifier()))
                .disableContentCompression()
                .disableRedirectHandling()
                .build();
    }

    private static ClientConfig config(HostMode mode, String endpoint, HttpProtocol protocol) {
        ClientConfig config = new ClientConfig(new Region(TestSite.REGION));
        config.setHttpProtocol(protocol);
        config.setThrow304Directly(true);
        config.setThrow412Directly(true);
        mode.point(config, endpoint);
        return config;
    }
}
