package io.sealgate.origin;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** An object's tags and its access control list. Both are kept and shown, and neither has an effect. */
final class ObjectSettings {
    private static final String EVERYONE = "http://cam.qcloud.com/groups/global/AllUsers";
    private static final int MOST_TAGS = 10;

    private final OriginContext origin;

    ObjectSettings(OriginContext origin) {
        this.origin = origin;
    }

    Answer tags(CosRequest request) {
        XmlWriter result = new XmlWriter("Tagging").begin("TagSet");
        new TreeMap<>(origin.need(request).tags()).forEach((name, value) -> result.begin("Tag")
                .text("Key", name)
                .text("Value", value)
                .end());
        return Answer.xml(result);
    }

    Step putTags(CosRequest request) {
        origin.need(request);
        return SmallBody.receive(request, body -> {
            Map<String, String> tags = new LinkedHashMap<>();
            for (XmlElement set : XmlElement.parse(body, "Tagging").children("TagSet")) {
                set.children("Tag").forEach(tag -> tags.put(tag.need("Key"), tag.need("Value")));
            }
            if (tags.size() > MOST_TAGS) {
                throw new Refusal(ErrorCode.INVALID_ARGUMENT, "An object has at most " + MOST_TAGS + " tags.");
            }
            return changeTags(request, tags, 200);
        });
    }

    Answer deleteTags(CosRequest request) throws IOException {
        return changeTags(request, Map.of(), 204);
    }

    private Answer changeTags(CosRequest request, Map<String, String> tags, int status) throws IOException {
        origin.store().describe(request.name(), object -> object.withTags(tags));
        return Answer.of(status, Headers.none()).andCommitted();
    }

    Answer acl(CosRequest request) {
        StoredObject object = origin.need(request);
        return Answer.xml(200, Headers.none().and("x-cos-acl", object.acl()), policy(object.acl()));
    }

    Step putAcl(CosRequest request) {
        origin.need(request);
        return SmallBody.receive(request, body -> {
            String acl = body.length == 0 ? OriginContext.aclOf(request) : aclOf(body);
            origin.store().describe(request.name(), object -> object.withAcl(acl));
            return Answer.ok(Headers.none()).andCommitted();
        });
    }

    /** Of a policy's grants only one is understood: that to everyone. */
    private static String aclOf(byte[] body) {
        boolean open = XmlElement.parse(body, "AccessControlPolicy")
                .child("AccessControlList")
                .map(list -> list.children("Grant").stream().anyMatch(ObjectSettings::isToEveryone))
                .orElse(false);
        return open ? "public-read" : "private";
    }

    private static boolean isToEveryone(XmlElement grant) {
        return grant.child("Grantee")
                .flatMap(grantee -> grantee.text("URI"))
                .filter(uri -> uri.endsWith("/AllUsers"))
                .isPresent();
    }

    /** The document that says so much as one of the canned lists. */
    static XmlWriter policy(String acl) {
        String owner = "qcs::cam::uin/100000000001:uin/100000000001";
        XmlWriter policy = new XmlWriter("AccessControlPolicy")
                .begin("Owner")
                .text("ID", owner)
                .text("DisplayName", owner)
                .end()
                .begin("AccessControlList")
                .begin("Grant")
                .beginTyped("Grantee", "CanonicalUser")
                .text("ID", owner)
                .text("DisplayName", owner)
                .end()
                .text("Permission", "FULL_CONTROL")
                .end();
        if (acl.equals("public-read")) {
            policy.begin("Grant")
                    .beginTyped("Grantee", "Group")
                    .text("URI", EVERYONE)
                    .end()
                    .text("Permission", "READ")
                    .end();
        }
        return policy;
    }
}
