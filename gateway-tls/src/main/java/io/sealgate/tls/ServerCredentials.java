package io.sealgate.tls;

import io.netty.internal.tcnative.SSL;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.ReferenceCounted;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import io.netty.util.ResourceLeakTracker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of one listener in native memory, and which of them a connection is offered. Immutable but for its
 * count of references: the listener holds one, and each connection one from its beginning to the end of its handshake,
 * so that closing the listener's keys fails nobody who is just being answered. Thread-safe.
 */
final class ServerCredentials extends AbstractReferenceCounted {

    private static final ResourceLeakDetector<ServerCredentials> LEAKS =
            ResourceLeakDetectorFactory.instance().newResourceLeakDetector(ServerCredentials.class);

    private final NameTable<NativeCredential> table;
    private final List<NativeCredential> all;
    private final @Nullable ResourceLeakTracker<ServerCredentials> leak;

    private ServerCredentials(NameTable<NativeCredential> table, List<NativeCredential> all) {
        this.table = table;
        this.all = List.copyOf(all);
        this.leak = LEAKS.track(this);
    }

    /** Those that are valid at {@code now} before those that are not. Returns owned. */
    static ServerCredentials of(ServerCertificates certificates, Instant now) throws TlsMaterialException {
        List<NativeCredential> all = new ArrayList<>();
        List<NameTable.Entry<NativeCredential>> entries = new ArrayList<>();
        try {
            for (ServerCertificate certificate : certificates.all()) {
                NativeCredential credential = NativeCredential.of(certificate.material());
                all.add(credential);
                entries.add(certificate.entry(credential, certificate.dates(now)));
            }
            return new ServerCredentials(NameTable.of(entries), all);
        } catch (TlsMaterialException | RuntimeException e) {
            all.forEach(NativeCredential::free);
            throw e;
        }
    }

    /**
     * Offers a connection what fits the name it asks for.
     *
     * @param ssl a native connection whose ClientHello is being answered
     */
    void offer(long ssl) {
        retain();
        try {
            for (NativeCredential credential : table.find(SSL.getSniHostname(ssl))) {
                credential.offer(ssl);
            }
        } finally {
            release();
        }
    }

    @Override
    public ServerCredentials retain() {
        try {
            super.retain();
            return this;
        } catch (IllegalReferenceCountException e) {
            throw new IllegalStateException("certificates: released (expected: in use)", e);
        }
    }

    @Override
    protected void deallocate() {
        all.forEach(NativeCredential::free);
        if (leak != null) {
            leak.close(this);
        }
    }

    @Override
    public ReferenceCounted touch(Object hint) {
        if (leak != null) {
            leak.record(hint);
        }
        return this;
    }
}
