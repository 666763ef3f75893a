package io.sealgate.origin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Configuration documents of buckets and objects: kept as they came, shown as they are, and without any effect. In memory only. Safe for any
 * thread.
 */
final class Configurations {

    /** What COS says where there is none. */
    private static final Map<String, ErrorCode> MISSING = Map.ofEntries(
            Map.entry("cors", ErrorCode.NO_SUCH_CORS_CONFIGURATION),
            Map.entry("domain", ErrorCode.NO_SUCH_DOMAIN_CONFIGURATION),
            Map.entry("domaincertificate", ErrorCode.NO_SUCH_CONFIGURATION),
            Map.entry("encryption", ErrorCode.NO_SUCH_ENCRYPTION_CONFIGURATION),
            Map.entry("inventory", ErrorCode.NO_SUCH_CONFIGURATION),
            Map.entry("legal-hold", ErrorCode.NO_SUCH_CONFIGURATION),
            Map.entry("lifecycle", ErrorCode.NO_SUCH_LIFECYCLE_CONFIGURATION),
            Map.entry("object-lock", ErrorCode.NO_SUCH_CONFIGURATION),
            Map.entry("origin", ErrorCode.NO_SUCH_ORIGIN_CONFIGURATION),
            Map.entry("policy", ErrorCode.NO_SUCH_BUCKET_POLICY),
            Map.entry("replication", ErrorCode.REPLICATION_CONFIGURATION_NOT_FOUND),
            Map.entry("retention", ErrorCode.NO_SUCH_CONFIGURATION),
            Map.entry("tagging", ErrorCode.NO_SUCH_TAG_SET),
            Map.entry("website", ErrorCode.NO_SUCH_WEBSITE_CONFIGURATION));

    /** Roots of those that every bucket has, empty at first. */
    private static final Map<String, String> EMPTY = Map.of(
            "accelerate", "AccelerateConfiguration",
            "intelligenttiering", "IntelligentTieringConfiguration",
            "logging", "BucketLoggingStatus",
            "notification", "NotificationConfiguration",
            "referer", "RefererConfiguration",
            "versioning", "VersioningConfiguration");

    private static final Set<String> OF_OBJECTS = Set.of("legal-hold", "retention");

    private final OriginContext origin;
    private final Map<Name, String> documents = new ConcurrentHashMap<>();

    /** @param id of one among several; empty where there is only one */
    private record Name(ObjectName owner, String resource, String id) {}

    Configurations(OriginContext origin) {
        this.origin = origin;
    }

    /** Whether {@code resource}, in lower case, is a configuration. */
    static boolean has(String resource) {
        return MISSING.containsKey(resource) || EMPTY.containsKey(resource) || resource.equals("acl");
    }

    Step handle(CosRequest request, String resource) {
        boolean isOfObject = !request.key().isEmpty();
        if (isOfObject != OF_OBJECTS.contains(resource)) {
            throw new Refusal(ErrorCode.INVALID_REQUEST, "There is no such configuration of this.");
        }
        if (isOfObject) {
            origin.need(request);
        }
        Name name =
                new Name(request.name(), resource, request.query().first("id").orElse(""));
        return switch (request.method()) {
            case "GET" -> new Step.Reply(show(name));
            case "PUT" -> SmallBody.receive(request, body -> keep(name, request, body));
            case "DELETE" -> {
                documents.remove(name);
                yield new Step.Reply(Answer.of(204, Headers.none()).andCommitted());
            }
            default -> throw new Refusal(ErrorCode.METHOD_NOT_ALLOWED, "A configuration is read, put or deleted.");
        };
    }

    private Answer keep(Name name, CosRequest request, byte[] body) {
        documents.put(name, body.length == 0 ? canned(request) : new String(body, UTF_8));
        return Answer.ok(Headers.none()).andCommitted();
    }

    /** Only an ACL can be said without a document. */
    private static String canned(CosRequest request) {
        return ObjectSettings.policy(OriginContext.aclOf(request)).toString();
    }

    private Answer show(Name name) {
        String kept = documents.get(name);
        String document = kept == null ? initial(name.resource()) : kept;
        String type = name.resource().equals("policy") ? "application/json" : "application/xml";
        return Answer.ok(Headers.none().and("Content-Type", type)).withBody(new Answer.Body.Text(document));
    }

    private String initial(String resource) {
        ErrorCode missing = MISSING.get(resource);
        if (missing != null) {
            throw new Refusal(missing, "There is no such configuration.");
        }
        String root = EMPTY.get(resource);
        if (root == null) {
            return ObjectSettings.policy("private").toString();
        }
        boolean isVersioned = resource.equals("versioning") && origin.options().versioning();
        XmlWriter empty = new XmlWriter(root);
        return (isVersioned ? empty.text("Status", "Enabled") : empty).toString();
    }
}
