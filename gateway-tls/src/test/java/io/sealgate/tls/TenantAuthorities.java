package io.sealgate.tls;

import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;

/** A CA for each of many tenants, with names of some hundred bytes and one key. */
final class TenantAuthorities {

    private TenantAuthorities() {}

    static List<Issued> of(int count) {
        KeyPair keys = CertificateRecipe.ec("secp256r1");
        List<Issued> authorities = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            authorities.add(CertificateRecipe.authority("tenant")
                    .subject("CN=CA of tenant " + i + ",OU=Devices and things,O=Example Corporation of Somewhere,C=CN")
                    .keys(keys)
                    .selfSigned());
        }
        return authorities;
    }
}
