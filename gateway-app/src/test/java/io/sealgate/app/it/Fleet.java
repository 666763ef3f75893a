package io.sealgate.app.it;

import io.sealgate.certs.IssuedCertificate;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Devices with a connection each, which ask for something small again and again, some threads taking turns. A device whose request
 * is not answered as it should be stops, and says when.
 */
final class Fleet implements AutoCloseable {

    private final List<Member> members = new ArrayList<>();
    private final List<Thread> drivers = new ArrayList<>();
    private volatile boolean over;

    /** One device. Written by its driver. */
    static final class Member {
        private final IssuedCertificate certificate;
        private final Peer peer;
        private final AtomicLong answers = new AtomicLong();
        private volatile long endedAt;

        private Member(IssuedCertificate certificate, Peer peer) {
            this.certificate = certificate;
            this.peer = peer;
        }

        IssuedCertificate certificate() {
            return certificate;
        }

        long answers() {
            return answers.get();
        }

        boolean hasEnded() {
            return endedAt != 0;
        }

        /** How long after {@code nanoTime} its last request failed. */
        Duration endedAfter(long nanoTime) {
            return Duration.ofNanos(endedAt - nanoTime);
        }

        private void ask() {
            if (hasEnded()) {
                return;
            }
            try {
                PeerAnswer answer = peer.get("/probe");
                if (answer.status() == 200 && answer.whole()) {
                    answers.incrementAndGet();
                    return;
                }
            } catch (IOException | RuntimeException gone) {
                // it has ended, in whatever way
            }
            endedAt = System.nanoTime();
        }
    }

    /** Connects one device after the other, with the protocols in turn. */
    Fleet(Ground ground, List<IssuedCertificate> certificates) throws Exception {
        for (IssuedCertificate certificate : certificates) {
            Protocol protocol = members.size() % 2 == 0 ? Protocol.HTTP_1 : Protocol.HTTP_2;
            members.add(new Member(certificate, ground.connect(protocol, certificate)));
        }
    }

    /** Lets them ask, on so many threads. */
    void start(int threads) {
        for (int thread = 0; thread < threads; thread++) {
            List<Member> mine = new ArrayList<>();
            for (int i = thread; i < members.size(); i += threads) {
                mine.add(members.get(i));
            }
            Thread driver = new Thread(() -> {
                while (!over) {
                    mine.forEach(Member::ask);
                }
            });
            drivers.add(driver);
            driver.start();
        }
    }

    List<Member> members() {
        return List.copyOf(members);
    }

    /** Waits until every device that is still there has been answered again. */
    void awaitAnotherRound() throws Exception {
        List<Long> before = members.stream().map(Member::answers).toList();
        Await.until(
                "another answer for each",
                () -> {
                    for (int i = 0; i < before.size(); i++) {
                        Member member = members.get(i);
                        if (!member.hasEnded() && member.answers() == before.get(i)) {
                            return false;
                        }
                    }
                    return true;
                },
                done -> done);
    }

    @Override
    public void close() throws IOException {
        over = true;
        try {
            for (Thread driver : drivers) {
                driver.join(TlsSocket.PATIENCE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Member member : members) {
            member.peer.close();
        }
    }
}
