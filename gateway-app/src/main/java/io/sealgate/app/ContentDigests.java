package io.sealgate.app;

import io.netty.buffer.Unpooled;
import io.sealgate.integrity.crc64.Crc64Ecma;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The digests of a whole object.
 *
 * @param contentMd5 base64, as in the header (RFC 1864)
 * @param etag       hex, what COS answers for an object that was put in one piece and is not encrypted with a KMS key
 * @param crc64      unsigned decimal
 */
public record ContentDigests(String contentMd5, String etag, String crc64) {

    /** Reads {@code bytes} to its end; the caller closes it. */
    public static ContentDigests of(InputStream bytes) throws IOException {
        MessageDigest md5 = md5();
        Crc64Ecma crc64 = new Crc64Ecma();
        byte[] chunk = new byte[64 * 1024];
        for (int read = bytes.read(chunk); read >= 0; read = bytes.read(chunk)) {
            md5.update(chunk, 0, read);
            crc64.update(Unpooled.wrappedBuffer(chunk, 0, read));
        }
        byte[] digest = md5.digest();
        return new ContentDigests(
                Base64.getEncoder().encodeToString(digest), HexFormat.of().formatHex(digest), crc64.text());
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("digest: MD5 missing (expected: in every JDK)", e);
        }
    }
}
