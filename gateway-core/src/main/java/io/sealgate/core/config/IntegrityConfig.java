package io.sealgate.core.config;

import static java.util.Objects.requireNonNullElse;

import io.sealgate.core.model.ByteSize;
import java.util.Locale;

/** What a route verifies of the bytes that pass through it. */
public record IntegrityConfig(Upload upload, Download download, VerifyBuffer verifyBuffer) {

    public IntegrityConfig {
        upload = requireNonNullElse(upload, Upload.DEFAULT);
        download = requireNonNullElse(download, Download.DEFAULT);
        verifyBuffer = requireNonNullElse(verifyBuffer, VerifyBuffer.DEFAULT);
    }

    /** Reports what cannot work, with its path below {@code path}. */
    public void check(Problems problems, String path) {
        upload.check(problems, path + ".upload");
    }

    /** The defaults: verify whatever can be verified. */
    public static IntegrityConfig defaults() {
        return new IntegrityConfig(Upload.DEFAULT, Download.DEFAULT, VerifyBuffer.DEFAULT);
    }

    /**
     * Checks on request bodies.
     *
     * @param contentMd5 what is done about {@code Content-MD5}
     * @param crc64      whether what the origin says it has stored is compared with what was sent
     * @param onCorruptStore what happens to an object that is found to be stored otherwise
     */
    public record Upload(ContentMd5 contentMd5, Crc64 crc64, OnCorruptStore onCorruptStore) {
        static final Upload DEFAULT = new Upload(ContentMd5.VERIFY, Crc64.VERIFY, OnCorruptStore.REPORT);

        public Upload {
            contentMd5 = requireNonNullElse(contentMd5, ContentMd5.VERIFY);
            crc64 = requireNonNullElse(crc64, Crc64.VERIFY);
            onCorruptStore = requireNonNullElse(onCorruptStore, OnCorruptStore.REPORT);
        }

        /** Reports what cannot work, with its path below {@code path}. */
        void check(Problems problems, String path) {
            if (onCorruptStore == OnCorruptStore.DELETE_VERSION && crc64 == Crc64.NONE) {
                problems.add(
                        path + ".on-corrupt-store",
                        "on-corrupt-store: " + onCorruptStore + " (expected: report, or crc64: verify to find it out)");
            }
        }
    }

    /**
     * Checks on response bodies.
     *
     * @param crc64 what is done about {@code x-cos-hash-crc64ecma}
     */
    public record Download(Crc64 crc64) {
        static final Download DEFAULT = new Download(Crc64.VERIFY);

        public Download {
            crc64 = requireNonNullElse(crc64, Crc64.VERIFY);
        }
    }

    /**
     * Room in which bodies are judged before any byte of them is passed on. What finds none is judged while it streams.
     *
     * @param object the largest body that is held; 0 holds none
     * @param total  all bodies of the route that are held at the same time
     */
    public record VerifyBuffer(ByteSize object, ByteSize total) {
        private static final ByteSize OBJECT = ByteSize.ofMiB(1);
        private static final ByteSize TOTAL = ByteSize.ofMiB(16);
        static final VerifyBuffer DEFAULT = new VerifyBuffer(OBJECT, TOTAL);

        public VerifyBuffer {
            object = requireNonNullElse(object, OBJECT);
            total = requireNonNullElse(total, TOTAL);
        }
    }

    /** How uploads with and without {@code Content-MD5} are treated. */
    public enum ContentMd5 {
        /** Not looked at; it still reaches the origin. */
        NONE,
        /** Verified when sent. */
        VERIFY,
        /** Verified, and objects, parts and appended pieces without one are refused. */
        REQUIRE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What happens to an object that is stored otherwise than it was sent. The client is told in any case. */
    public enum OnCorruptStore {
        /** Nothing: it stays as it is. */
        REPORT,
        /** The version that a Put Object has made is deleted again, if the bucket has versions. */
        DELETE_VERSION;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** How CRC64 is treated. */
    public enum Crc64 {
        /** Not computed. */
        NONE,
        /** Verified wherever the origin says one that can be compared. */
        VERIFY;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
