package io.sealgate.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/** Reads a process's consumption from Linux's {@code /proc/PID} (proc(5)); there is no such source elsewhere. */
final class ProcFiles {
    /** USER_HZ, which the kernel keeps at 100 for every architecture we run on. */
    private static final long TICK_MILLIS = 10;

    private static final int FIELDS_BEFORE_UTIME = 11;

    private ProcFiles() {}

    static Usage usage(long pid) throws IOException {
        Path proc = Path.of("/proc", Long.toString(pid));
        try {
            String status = Files.readString(proc.resolve("status"));
            Duration cpu = cpu(Files.readString(proc.resolve("stat")));
            return new Usage(cpu, bytes(status, "VmRSS"), bytes(status, "VmHWM"));
        } catch (NoSuchFileException e) {
            throw new IOException("process " + pid + ": gone (expected: alive until the run ends)", e);
        }
    }

    /** utime + stime. They are counted from the last parenthesis, for a command name may hold spaces and parentheses. */
    static Duration cpu(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = Long.parseLong(fields[FIELDS_BEFORE_UTIME]) + Long.parseLong(fields[FIELDS_BEFORE_UTIME + 1]);
        return Duration.ofMillis(ticks * TICK_MILLIS);
    }

    /** A line such as {@code VmRSS:    9876 kB}, in bytes. */
    static long bytes(String status, String field) {
        String kib = status.lines()
                .filter(line -> line.startsWith(field + ':'))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("/proc/PID/status: no " + field))
                .replaceAll("\\D", "");
        return Long.parseLong(kib) << 10;
    }
}
