package io.sealgate.tls.revocation;

import io.sealgate.core.config.Problems;
import io.sealgate.core.spi.ReloadListener;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lists that a listener goes by, as they are at the moment. {@link #current} may be asked on any thread; the rest is confined
 * to the thread that looks after files.
 */
public final class RevocationLists {

    private final CrlFiles files;
    private volatile CrlSet current;

    private RevocationLists(CrlFiles files) {
        this.files = files;
        this.current = set();
    }

    /**
     * Reads the files for the first time.
     *
     * @param config      null for no lists
     * @param authorities the trust bundle, all keys strong
     * @param owner       name of the listener, for {@code events}
     * @param problems    gets what is wrong with any of the files, with its place under {@code path}; then the lists are incomplete
     * @param events      learns of later changes
     */
    public static RevocationLists load(
            @Nullable RevocationConfig config,
            List<X509Certificate> authorities,
            String owner,
            SignatureStrength strength,
            InstantSource clock,
            Problems problems,
            String path,
            ReloadListener events) {
        CrlConfig crl = config == null ? null : config.crl();
        if (config == null || crl == null) {
            return new RevocationLists(CrlFiles.none(owner, strength, clock, events));
        }
        config.check(problems, path);
        return new RevocationLists(
                CrlFiles.load(crl.files(), authorities, owner, strength, clock, problems, path + ".crl.files", events));
    }

    /** What clients are judged by. */
    public CrlSet current() {
        return current;
    }

    /**
     * Puts in force what has changed.
     *
     * @param authorities the trust bundle if it is another than before, otherwise null
     * @return whether there is anything new
     */
    public boolean refresh(@Nullable List<X509Certificate> authorities) {
        boolean isNew = authorities != null;
        if (authorities == null) {
            isNew = files.refresh();
        } else {
            files.refresh(authorities);
        }
        if (isNew) {
            current = set();
        }
        return isNew;
    }

    private CrlSet set() {
        return CrlSet.of(CrlSet.newest(files.lists(), new Problems()));
    }
}
