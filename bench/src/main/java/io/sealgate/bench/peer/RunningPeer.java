package io.sealgate.bench.peer;

import io.sealgate.bench.load.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A peer's processes from start to end. Closing it ends all of them, each by its own PID; closing twice is harmless. */
public final class RunningPeer implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final long POLL_MILLIS = 20;

    private final Peer peer;
    private final Site site;
    private final Process process;
    private final OutputTail output;

    private RunningPeer(Peer peer, Site site, Process process) {
        this.peer = peer;
        this.site = site;
        this.process = process;
        output = OutputTail.of(peer.name(), process.getInputStream());
    }

    /** Writes the peer's files below {@code directory} and starts it; {@link #awaitListening} before the first use. */
    public static RunningPeer start(Peer peer, Site site, Path directory) throws IOException {
        Launch launch = peer.launch(site);
        launch.writeFiles(directory);
        Process process = new ProcessBuilder(launch.command())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        return new RunningPeer(peer, site, process);
    }

    public String name() {
        return peer.name();
    }

    public Target target() {
        return new Target(site.port(), true);
    }

    public void awaitListening() throws IOException {
        long deadline = System.nanoTime() + START.toNanos();
        while (!listening()) {
            if (!process.isAlive()) {
                throw new IOException(name() + ": ended with " + process.exitValue() + " at its start: " + lastWords());
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IOException(name() + ": not listening after " + START + ": " + logTail());
            }
            pause();
        }
    }

    /** The last lines the peer printed, for a message about its failure. */
    public String logTail() {
        return String.join(" | ", output.lines(5));
    }

    private String lastWords() throws IOException {
        try {
            output.awaitEnd();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        return logTail();
    }

    public Usage usage() throws IOException {
        Usage sum = Usage.NONE;
        for (ProcessHandle each : everyProcess()) {
            sum = sum.plus(ProcFiles.usage(each.pid()));
        }
        return sum;
    }

    private List<ProcessHandle> everyProcess() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    private boolean listening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), site.port())) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> all = everyProcess();
        all.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
                all.forEach(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException e) {
            all.forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IOException("start of a peer: interrupted", e);
    }
}
