package io.sealgate.bench.peer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Reads what a peer prints, as a container's runtime or systemd would, and keeps the end of it. Not a file: on a virtual machine the
 * fresh pages of one that grows can cost a peer more than all else it does for a line. Thread-safe; its thread ends with the peer.
 */
final class OutputTail {
    private static final int CHUNK = 64 << 10;
    private static final int KEPT = 8 << 10;

    private final Thread reader;
    private byte[] tail = {};

    private OutputTail(String name, InputStream output) {
        reader = new Thread(() -> readAll(output), name + " output");
        reader.setDaemon(true);
    }

    /** Reads {@code output} to its end from now on. */
    static OutputTail of(String name, InputStream output) {
        OutputTail tail = new OutputTail(name, output);
        tail.reader.start();
        return tail;
    }

    private void readAll(InputStream output) {
        byte[] chunk = new byte[CHUNK];
        try (output) {
            for (int length = output.read(chunk); length >= 0; length = output.read(chunk)) {
                keep(chunk, length);
            }
        } catch (IOException e) {
            byte[] message = e.toString().getBytes(StandardCharsets.UTF_8);
            keep(message, message.length);
        }
    }

    private synchronized void keep(byte[] chunk, int length) {
        byte[] all = Arrays.copyOf(tail, tail.length + length);
        System.arraycopy(chunk, 0, all, tail.length, length);
        tail = Arrays.copyOfRange(all, Math.max(0, all.length - KEPT), all.length);
    }

    /** The last {@code count} lines, the first of them perhaps only in part. */
    synchronized List<String> lines(int count) {
        List<String> lines = new String(tail, StandardCharsets.UTF_8).lines().toList();
        return lines.subList(Math.max(0, lines.size() - count), lines.size());
    }

    /** Waits until all of a peer that has ended is read, but not for ever. */
    void awaitEnd() throws InterruptedException {
        reader.join(1000);
    }
}
