package io.sealgate.origin;

import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.UUID;

/** Entity tags as COS makes them: quoted, and an MD5 of the content only where COS promises one. */
final class Etags {
    private Etags() {}

    /** MD5 of the content, unless the encryption hides it or nobody computed it. */
    static String ofContent(Spool spool, Encryption encryption) {
        byte[] md5 = spool.md5();
        boolean promised = encryption instanceof Encryption.None || encryption instanceof Encryption.Managed;
        return md5 != null && promised ? '"' + Digests.hex(md5) + '"' : opaque();
    }

    /** Says nothing about the content. */
    static String opaque() {
        return '"' + UUID.randomUUID().toString().replace("-", "") + '"';
    }

    /** For a multipart object: the MD5 of its parts' tags, a dash, their number. */
    static String ofParts(Collection<String> partTags) {
        MessageDigest md5 = Digests.md5();
        partTags.forEach(tag -> md5.update(HexFormat.of().parseHex(unquoted(tag))));
        return '"' + Digests.hex(md5.digest()) + '-' + partTags.size() + '"';
    }

    static String unquoted(String tag) {
        return tag.length() >= 2 && tag.startsWith("\"") && tag.endsWith("\"")
                ? tag.substring(1, tag.length() - 1)
                : tag;
    }
}
