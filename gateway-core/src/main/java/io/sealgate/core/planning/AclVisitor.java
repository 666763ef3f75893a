package io.sealgate.core.planning;

import io.sealgate.core.cam.Grantees;
import io.sealgate.core.planning.ControlDocument.DocumentVisitor;
import io.sealgate.core.planning.ControlDocument.Meaning;
import java.util.Objects;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * An ACL, of which it matters who may write. Its form is closed, so that no grant is overlooked that another parser would find. A grant is
 * one to everybody unless it is certain that it is not: it gives no more than to read, or it goes to one account. Mutable, used once.
 */
final class AclVisitor implements DocumentVisitor {

    private static final String OWNER = "AccessControlPolicy/Owner";
    private static final String GRANT = "AccessControlPolicy/AccessControlList/Grant";
    private static final String GRANTEE = GRANT + "/Grantee";
    private static final String PERMISSION = GRANT + "/Permission";

    /** Who is meant. COS has called an account's number {@code uin} and {@code Subaccount}. */
    private static final Set<String> ACCOUNTS = Set.of(GRANTEE + "/ID", GRANTEE + "/uin", GRANTEE + "/Subaccount");

    /** What account a grantee is, in the words of COS and S3. */
    private static final Set<String> ACCOUNT_TYPES = Set.of("RootAccount", "Subaccount", "SubAccount", "CanonicalUser");

    private static final Set<String> OTHERS = Set.of(GRANTEE + "/URI", GRANTEE + "/EmailAddress");

    private static final Set<String> IGNORED = Set.of(
            OWNER + "/ID", OWNER + "/uin", OWNER + "/Subaccount", OWNER + "/DisplayName", GRANTEE + "/DisplayName");

    private static final Set<String> BRANCHES =
            Set.of("AccessControlPolicy", OWNER, "AccessControlPolicy/AccessControlList", GRANT, GRANTEE);

    private static final Set<String> READS = Set.of("READ", "READ_ACP");

    private final StringBuilder text = new StringBuilder();
    private String path = "";
    private @Nullable String namespace;
    private @Nullable String permission;
    private boolean hasAccount;
    private boolean hasOther;
    private boolean isPublicWrite;

    @Override
    public void start(int depth, XMLStreamReader reader) throws XMLStreamException {
        path = depth == 1 ? reader.getLocalName() : path + "/" + reader.getLocalName();
        if (depth == 1) {
            namespace = reader.getNamespaceURI();
        }
        boolean isPlain = reader.getPrefix().isEmpty() && Objects.equals(reader.getNamespaceURI(), namespace);
        if (!isPlain || !(BRANCHES.contains(path) || isLeaf())) {
            throw new XMLStreamException("element (expected: one of an ACL in its place)");
        }
        text.setLength(0);
        if (path.equals(GRANT)) {
            permission = null;
            hasAccount = false;
            hasOther = false;
        }
        readAttributes(reader);
    }

    /** COS and S3 say with {@code xsi:type} what kind of grantee it is. */
    private void readAttributes(XMLStreamReader reader) throws XMLStreamException {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            boolean isType =
                    path.equals(GRANTEE) && reader.getAttributeLocalName(i).equals("type");
            if (!isType) {
                throw new XMLStreamException("attribute (expected: none but a grantee's type)");
            }
            hasOther |= !ACCOUNT_TYPES.contains(reader.getAttributeValue(i));
        }
    }

    private boolean isLeaf() {
        return path.equals(PERMISSION) || ACCOUNTS.contains(path) || OTHERS.contains(path) || IGNORED.contains(path);
    }

    @Override
    public void text(int depth, String chunk) throws XMLStreamException {
        if (isLeaf()) {
            text.append(chunk);
        } else if (!chunk.isBlank()) {
            throw new XMLStreamException("text (expected: in elements that have one)");
        }
    }

    @Override
    public void end(int depth) throws XMLStreamException {
        if (path.equals(PERMISSION)) {
            if (permission != null) {
                throw new XMLStreamException("Permission twice (expected: once)");
            }
            permission = text.toString().strip();
        } else if (ACCOUNTS.contains(path)) {
            boolean isAccount =
                    !hasAccount && Grantees.isAccount(text.toString().strip());
            hasAccount = true;
            hasOther |= !isAccount;
        } else if (OTHERS.contains(path)) {
            hasOther = true;
        } else if (path.equals(GRANT)) {
            boolean goesToOneAccount = hasAccount && !hasOther;
            isPublicWrite |= !goesToOneAccount && !(permission != null && READS.contains(permission));
        }
        path = path.substring(0, Math.max(path.lastIndexOf('/'), 0));
    }

    @Override
    public Meaning meaning() {
        return isPublicWrite ? new ControlDocument.PublicWrite() : new ControlDocument.Harmless();
    }
}
