package io.sealgate.core.rewrite;

import io.sealgate.core.model.ClientIdentity.Certified;
import io.sealgate.core.model.ClientIdentity.SubjectAltName;

/**
 * Envoy's {@code x-forwarded-client-cert}: one element of pairs, {@code By=…;Hash=…;Subject="…";URI=…;DNS=…}. There is never more than one
 * element, for what came from the client is gone.
 *
 * @param by a URI that stands for the gateway; empty for none
 */
record ForwardedClientCert(String by) {

    private static final String SEPARATORS = ",;=\" ";

    String value(Certified client) {
        StringBuilder out = new StringBuilder(256);
        if (!by.isEmpty()) {
            pair(out, "By", by);
        }
        pair(out, "Hash", client.fingerprintSha256());
        // always quoted, as Envoy does it, and with nothing in it that would need an escape
        separate(out)
                .append("Subject=\"")
                .append(HeaderText.distinguishedName(client.subject()))
                .append('"');
        client.names(SubjectAltName.Type.URI).forEach(uri -> pair(out, "URI", uri));
        client.names(SubjectAltName.Type.DNS).forEach(name -> pair(out, "DNS", name));
        return out.toString();
    }

    private static void pair(StringBuilder out, String key, String value) {
        separate(out).append(key).append('=');
        if (value.chars().anyMatch(c -> SEPARATORS.indexOf(c) >= 0)) {
            out.append('"').append(value.replace("\"", "\\\"")).append('"');
        } else {
            out.append(value);
        }
    }

    private static StringBuilder separate(StringBuilder out) {
        return out.length() == 0 ? out : out.append(';');
    }
}
