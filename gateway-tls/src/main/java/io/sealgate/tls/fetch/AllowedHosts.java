package io.sealgate.tls.fetch;

import io.sealgate.core.spi.RevocationListener.Outcome;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Hosts that URLs may lead to, each on the ports of both schemes or on one that is named. Immutable. */
public final class AllowedHosts {

    static final String EXPECTED = "host or host:port, an IPv6 address in brackets";

    private static final Pattern ENTRY =
            Pattern.compile("(?:\\[[0-9a-fA-F:.]{2,45}]|[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,252}))(?::[1-9]\\d{0,4})?");
    private static final Pattern PORT = Pattern.compile(".*[^:]:\\d{1,5}|\\[.*]:\\d{1,5}");

    private final Set<String> authorities = new HashSet<>();

    /**
     * Allows some hosts.
     *
     * @param entries    as in the configuration, all readable
     * @param configured where else the operator's own URLs lead
     */
    public AllowedHosts(List<String> entries, List<FetchTarget> configured) {
        for (String entry : entries) {
            String host = entry.toLowerCase(Locale.ROOT);
            if (PORT.matcher(host).matches()) {
                authorities.add(host);
            } else {
                authorities.add(host + ":80");
                authorities.add(host + ":443");
            }
        }
        configured.forEach(target -> authorities.add(target.authority()));
    }

    static boolean isReadable(String entry) {
        return ENTRY.matcher(entry).matches();
    }

    /** Refuses a URL that leads elsewhere. */
    public void check(FetchTarget target) throws FetchException {
        if (!authorities.contains(target.authority())) {
            throw new FetchException(
                    Outcome.REFUSED_HOST, "host: " + target.authority() + " (expected: one of fetch.allowed-hosts)");
        }
    }
}
