package io.sealgate.core.cam;

import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Finds the common name in a distinguished name as RFC 2253 writes it. */
final class CommonName {

    private CommonName() {}

    /** The most specific CN; empty if there is none. */
    static Optional<String> of(String distinguishedName) {
        try {
            List<Rdn> names = new LdapName(distinguishedName).getRdns();
            for (int i = names.size() - 1; i >= 0; i--) {
                Attribute attribute = names.get(i).toAttributes().get("CN");
                if (attribute != null && attribute.get() instanceof String name) {
                    return Optional.of(name);
                }
            }
            return Optional.empty();
        } catch (InvalidNameException e) {
            return Optional.empty();
        } catch (NamingException e) {
            throw new IllegalStateException("an attribute in memory cannot fail to be read", e);
        }
    }
}
