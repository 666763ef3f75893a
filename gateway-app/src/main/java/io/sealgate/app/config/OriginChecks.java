package io.sealgate.app.config;

import io.sealgate.app.config.OriginConfig.Auth;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What must hold of each origin. */
final class OriginChecks {

    /** COS: lower-case letters, digits and hyphens, then the appid. */
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9-]*-\\d+");

    private static final Pattern REGION = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    /** The regions of COS document 436/6224 when this version was made. */
    private static final Set<String> REGIONS = Set.of(
            "ap-bangkok",
            "ap-beijing",
            "ap-beijing-1",
            "ap-beijing-fsi",
            "ap-chengdu",
            "ap-chongqing",
            "ap-guangzhou",
            "ap-hongkong",
            "ap-jakarta",
            "ap-mumbai",
            "ap-nanjing",
            "ap-seoul",
            "ap-shanghai",
            "ap-shanghai-fsi",
            "ap-shenzhen-fsi",
            "ap-singapore",
            "ap-tokyo",
            "eu-frankfurt",
            "eu-moscow",
            "na-ashburn",
            "na-siliconvalley",
            "na-toronto",
            "sa-saopaulo");

    private static final String BUCKET_EXPECTED = "name and appid, such as examplebucket-1250000000";
    private static final String REGION_EXPECTED = "a region such as ap-guangzhou";

    private final Findings findings;

    OriginChecks(Findings findings) {
        this.findings = findings;
    }

    void run(List<OriginConfig> origins) {
        for (int i = 0; i < origins.size(); i++) {
            check(origins.get(i), Paths.item("origins", i));
        }
    }

    private void check(OriginConfig origin, String path) {
        matches(path + ".bucket", "bucket", origin.bucket(), BUCKET, BUCKET_EXPECTED);
        matches(path + ".region", "region", origin.region(), REGION, REGION_EXPECTED);
        region(origin, path + ".region");
        if (origin.auth() == null) {
            findings.missing(path + ".auth", Words.choice(Auth.class));
        }
        credentials(origin, path + ".credentials");
        tls(origin, path);
        origin.pool().check(findings.problems(), path + ".pool");
        origin.timeouts().check(findings.problems(), path + ".timeouts");
    }

    /** A new region works as well, so this is only a hint, and whoever says an endpoint has seen to it. */
    private void region(OriginConfig origin, String path) {
        boolean isRegion = REGION.matcher(origin.region()).matches();
        if (isRegion && origin.endpoint() == null && !REGIONS.contains(origin.region())) {
            findings.warn(
                    path,
                    "region: " + origin.region()
                            + " (not one that this version knows; say endpoint too if it is meant)");
        }
    }

    private void matches(String path, String what, String value, Pattern pattern, String expected) {
        if (value.isEmpty()) {
            findings.missing(path, expected);
        } else if (!pattern.matcher(value).matches()) {
            findings.problem(path, what + ": " + value + " (expected: " + expected + ")");
        }
    }

    private void credentials(OriginConfig origin, String path) {
        CredentialsConfig credentials = origin.credentials();
        if (origin.auth() == Auth.SIGN && credentials == null) {
            findings.missing(path, "credentials, because auth is sign");
        } else if (origin.auth() == Auth.FORWARD && credentials != null) {
            findings.problem(path, "credentials: present (expected: none, because auth is forward)");
        } else if (credentials != null) {
            said(path + ".type", credentials.type(), Words.choice(CredentialsConfig.Type.class));
            said(path + ".secret-id", credentials.secretId(), SecretReader.EXPECTED);
            said(path + ".secret-key", credentials.secretKey(), SecretReader.EXPECTED);
            usable(path, credentials);
        }
    }

    private void usable(String path, CredentialsConfig credentials) {
        if (credentials.secretId() != null && credentials.secretKey() != null) {
            try {
                credentials.toCos();
            } catch (IllegalArgumentException e) {
                findings.problem(path, String.valueOf(e.getMessage()));
            }
        }
    }

    private void said(String path, @Nullable Object value, String expected) {
        if (value == null) {
            findings.missing(path, expected);
        }
    }

    private void tls(OriginConfig origin, String path) {
        if (origin.endpointOrDefault().secure()) {
            if (origin.tls() != null) {
                origin.tls().check(findings.problems(), path + ".tls");
                origin.tls().warnOfExpiry(findings.collectedWarnings(), path + ".tls", Instant.now());
            }
            return;
        }
        if (origin.tls() != null) {
            findings.problem(path + ".tls", "tls: present (expected: none, because endpoint is http)");
        }
        if (!origin.endpointOrDefault().isConfidential()) {
            findings.warn(
                    path + ".endpoint",
                    "endpoint: plain HTTP (objects travel to this origin unprotected, and customers' encryption keys "
                            + "are refused)");
        }
    }
}
