package io.sealgate.app.dev;

import io.sealgate.app.GatewayAssembly;
import io.sealgate.app.OperatorException;
import io.sealgate.app.RunningGateway;
import io.sealgate.app.config.ConfigException;
import io.sealgate.app.config.ConfigLoader;
import io.sealgate.app.config.ConfigSource;
import io.sealgate.app.config.GatewayConfig;
import io.sealgate.certs.AuthorityDirectory;
import io.sealgate.origin.CosOrigin;
import io.sealgate.origin.OriginOptions;
import io.sealgate.origin.SecretKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * A gateway with an origin of its own, on loopback, from nothing but a directory. The origin checks signatures as
 * strictly as COS can, and the gateway runs from a configuration file like any other.
 */
public final class DevSite implements AutoCloseable {

    private final Path configuration;
    private final GatewayConfig config;
    private final AuthorityDirectory authority;
    private final CosOrigin origin;
    private final RunningGateway gateway;

    private DevSite(
            Path configuration,
            GatewayConfig config,
            AuthorityDirectory authority,
            CosOrigin origin,
            RunningGateway gateway) {
        this.configuration = configuration;
        this.config = config;
        this.authority = authority;
        this.origin = origin;
        this.gateway = gateway;
    }

    /**
     * Makes what is missing in {@code directory} and starts.
     *
     * @param port        where the gateway listens, 0 for a free port
     * @param logRequests whether the origin remembers its requests, for the demonstration
     * @throws OperatorException if a file or a port is in the way
     */
    public static DevSite start(Path directory, int port, boolean logRequests) throws OperatorException {
        DevFiles files = new DevFiles(directory);
        AuthorityDirectory authority = files.prepare();
        CosOrigin origin = origin(files, logRequests);
        try {
            Path configuration = files.writeConfiguration(port, origin.port());
            GatewayConfig config = load(configuration);
            return new DevSite(configuration, config, authority, origin, GatewayAssembly.start(config));
        } catch (OperatorException | RuntimeException e) {
            origin.close();
            throw e;
        }
    }

    private static CosOrigin origin(DevFiles files, boolean logRequests) throws OperatorException {
        OriginOptions options = OriginOptions.builder()
                .directory(files.file("objects"))
                .defaultBucket(DevFiles.BUCKET)
                .keys(SecretKeys.of(DevFiles.SECRET_ID, files.secretKey()))
                .requireBucketHost(true)
                .customerKeysNeedTls(false) // the stand-in for an origin that is reached by TLS
                .strictSigning(true)
                .logRequests(logRequests)
                .build();
        try {
            return CosOrigin.start(options);
        } catch (IOException e) {
            throw new OperatorException("origin: cannot be started: " + e.getMessage(), e);
        }
    }

    private static GatewayConfig load(Path configuration) throws OperatorException {
        try {
            ConfigSource source = ConfigSource.read(configuration.toString(), InputStream.nullInputStream());
            return new ConfigLoader(System::getenv).load(source).config();
        } catch (ConfigException e) {
            throw new OperatorException(String.join("; ", e.problems()), e);
        }
    }

    /** The configuration file that the gateway runs from. */
    public Path configuration() {
        return configuration;
    }

    /** The configuration in force. */
    public GatewayConfig config() {
        return config;
    }

    /** Where the gateway's only listener is. */
    public int port() {
        return gateway.address(config.listeners().get(0).name()).getPort();
    }

    /** The gateway; stays this site's. */
    public RunningGateway gateway() {
        return gateway;
    }

    AuthorityDirectory authority() {
        return authority;
    }

    CosOrigin origin() {
        return origin;
    }

    @Override
    public void close() {
        gateway.close();
        origin.close();
    }
}
