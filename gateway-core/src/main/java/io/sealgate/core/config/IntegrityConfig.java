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

    /** The defaults: verify whatever can be verified. */
    public static IntegrityConfig defaults() {
        return new IntegrityConfig(Upload.DEFAULT, Download.DEFAULT, VerifyBuffer.DEFAULT);
    }

    /**
     * Checks on request bodies.
     *
     * @param contentMd5 what is done about {@code Content-MD5}
     * @param crc64      whether what the origin says it has stored is compared with what was sent
     */
    public record Upload(ContentMd5 contentMd5, Crc64 crc64) {
        static final Upload DEFAULT = new Upload(ContentMd5.VERIFY, Crc64.VERIFY);

        public Upload {
            contentMd5 = requireNonNullElse(contentMd5, ContentMd5.VERIFY);
            crc64 = requireNonNullElse(crc64, Crc64.VERIFY);
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
