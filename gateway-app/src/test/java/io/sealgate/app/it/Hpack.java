package io.sealgate.app.it;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * As much of HPACK (RFC 7541) as a client needs that has forbidden the dynamic table and meets no Huffman codes: the gateway's
 * encoder uses them for long values only.
 */
final class Hpack {

    /** Appendix A, {@code name} or {@code name=value}, from index 1. */
    private static final String[] STATIC = (":authority :method=GET :method=POST :path=/ :path=/index.html :scheme=http"
                    + " :scheme=https :status=200 :status=204 :status=206 :status=304 :status=400 :status=404 :status=500"
                    + " accept-charset accept-encoding=gzip,+deflate accept-language accept-ranges accept"
                    + " access-control-allow-origin age allow authorization cache-control content-disposition"
                    + " content-encoding content-language content-length content-location content-range content-type cookie"
                    + " date etag expect expires from host if-match if-modified-since if-none-match if-range"
                    + " if-unmodified-since last-modified link location max-forwards proxy-authenticate"
                    + " proxy-authorization range referer refresh retry-after server set-cookie"
                    + " strict-transport-security transfer-encoding user-agent vary via www-authenticate")
            .split(" ");

    private Hpack() {}

    /** Every field as a literal, never indexed. */
    static byte[] encode(Map<String, String> fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        fields.forEach((name, value) -> {
            out.write(0x10);
            literal(out, name);
            literal(out, value);
        });
        return out.toByteArray();
    }

    private static void literal(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int rest = bytes.length;
        if (rest < 0x7F) {
            out.write(rest);
        } else {
            out.write(0x7F);
            for (rest -= 0x7F; rest >= 0x80; rest >>>= 7) {
                out.write((rest & 0x7F) | 0x80);
            }
            out.write(rest);
        }
        out.writeBytes(bytes);
    }

    static Map<String, String> decode(byte[] block) {
        return new Decoder(block).decode();
    }

    private static final class Decoder {
        private final byte[] block;
        private int at;

        Decoder(byte[] block) {
            this.block = block;
        }

        Map<String, String> decode() {
            Map<String, String> fields = new LinkedHashMap<>();
            while (at < block.length) {
                int first = block[at] & 0xFF;
                if (first >= 0x80) {
                    String[] entry = STATIC[integer(7) - 1].split("=", 2);
                    fields.put(entry[0], entry[1]);
                } else if (first >= 0x40) {
                    field(fields, 6);
                } else if (first >= 0x20) {
                    integer(5); // the table's size, which stays 0
                } else {
                    field(fields, 4);
                }
            }
            return fields;
        }

        private void field(Map<String, String> fields, int prefix) {
            int index = integer(prefix);
            String name = index == 0 ? text() : STATIC[index - 1].split("=", 2)[0];
            fields.put(name, text());
        }

        private int integer(int prefix) {
            int mask = (1 << prefix) - 1;
            int value = block[at++] & mask;
            if (value < mask) {
                return value;
            }
            int shift = 0;
            int next;
            do {
                next = block[at++] & 0xFF;
                value += (next & 0x7F) << shift;
                shift += 7;
            } while (next >= 0x80);
            return value;
        }

        private String text() {
            if ((block[at] & 0x80) != 0) {
                throw new IllegalStateException("field: Huffman-coded (expected: plain, for short values)");
            }
            int length = integer(7);
            String text = new String(block, at, length, StandardCharsets.ISO_8859_1);
            at += length;
            return text;
        }
    }
}
