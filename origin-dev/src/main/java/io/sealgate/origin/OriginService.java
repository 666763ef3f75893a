package io.sealgate.origin;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** From a request's head to what is to be done: parse, verify, route. Safe for any thread. */
final class OriginService {
    /** Parameters that choose the operation; at most one of them makes sense. */
    private static final Set<String> RESOURCES =
            Set.of("acl", "append", "delete", "location", "tagging", "uploadid", "uploads");
    /** Parameters that go along with an operation. */
    private static final Set<String> OPTIONS = Set.of(
            "partnumber",
            "position",
            "max-parts",
            "part-number-marker",
            "max-uploads",
            "key-marker",
            "upload-id-marker",
            "encoding-type",
            "prefix",
            "delimiter",
            "marker",
            "max-keys",
            "id",
            "domainname",
            "x-cos-security-token",
            "token",
            "x-cos-traffic-limit");

    private final OriginOptions options;
    private final SignatureVerifier signatures;
    private final ObjectReads reads;
    private final ObjectWrites writes;
    private final AppendObject append;
    private final CopyObject copy;
    private final MultipartUpload multipart;
    private final ObjectSettings settings;
    private final BucketReads bucket;
    private final DeleteObjects deletes;
    private final Configurations configurations;

    OriginService(OriginOptions options, ObjectStore store) {
        this.options = options;
        this.signatures = new SignatureVerifier(options.keys(), options.strictSigning(), options.clock());
        OriginContext origin = new OriginContext(options, store, new EncryptionHeaders(options.customerKeysNeedTls()));
        MultipartUploads uploads = new MultipartUploads();
        this.reads = new ObjectReads(origin);
        this.writes = new ObjectWrites(origin);
        this.append = new AppendObject(origin);
        this.copy = new CopyObject(origin);
        this.multipart = new MultipartUpload(origin, uploads);
        this.settings = new ObjectSettings(origin);
        this.bucket = new BucketReads(origin, uploads);
        this.deletes = new DeleteObjects(origin);
        this.configurations = new Configurations(origin);
    }

    /** @throws Refusal the error COS would answer */
    Step handle(RequestHead head) throws IOException {
        CosRequest request = CosRequest.parse(head, options);
        refuseForeignSchemes(request);
        signatures.verify(request);
        String resource = resource(request);
        boolean isSettingOfObject = !request.key().isEmpty() && (resource.equals("acl") || resource.equals("tagging"));
        if (Configurations.has(resource) && !isSettingOfObject) {
            return configurations.handle(request, resource);
        }
        String operation = request.method() + ' ' + resource;
        return request.key().isEmpty() ? onBucket(operation, request) : onObject(operation, request);
    }

    private Step onObject(String operation, CosRequest request) throws IOException {
        boolean copying = request.header("x-cos-copy-source").isPresent();
        return switch (operation) {
            case "GET " -> new Step.Reply(reads.get(request));
            case "HEAD " -> new Step.Reply(reads.head(request));
            case "PUT " -> copying ? copy.copy(request) : writes.put(request);
            case "DELETE " -> new Step.Reply(writes.delete(request));
            case "POST append" -> append.append(request);
            case "POST uploads" -> new Step.Reply(multipart.initiate(request));
            case "PUT uploadid" -> copying ? multipart.copyPart(request) : multipart.uploadPart(request);
            case "GET uploadid" -> new Step.Reply(multipart.listParts(request));
            case "POST uploadid" -> multipart.complete(request);
            case "DELETE uploadid" -> new Step.Reply(multipart.abort(request));
            case "GET tagging" -> new Step.Reply(settings.tags(request));
            case "PUT tagging" -> settings.putTags(request);
            case "DELETE tagging" -> new Step.Reply(settings.deleteTags(request));
            case "GET acl" -> new Step.Reply(settings.acl(request));
            case "PUT acl" -> settings.putAcl(request);
            default -> throw notServed();
        };
    }

    private Step onBucket(String operation, CosRequest request) throws IOException {
        return switch (operation) {
            case "GET " -> new Step.Reply(bucket.list(request));
            case "HEAD " -> new Step.Reply(bucket.head());
            case "GET uploads" -> new Step.Reply(bucket.listUploads(request));
            case "GET location" -> new Step.Reply(bucket.location());
            case "POST delete" -> deletes.delete(request);
            default -> throw notServed();
        };
    }

    /** The sub-resource in lower case, empty for the object or the bucket itself. */
    private static String resource(CosRequest request) {
        String resource = "";
        for (QueryString.Parameter parameter : request.query().parameters()) {
            String name = parameter.name().toLowerCase(Locale.ROOT);
            boolean isVersion = name.equals("versionid") && request.method().equals("DELETE");
            if (RESOURCES.contains(name) || Configurations.has(name)) {
                if (!resource.isEmpty()) {
                    throw new Refusal(ErrorCode.INVALID_REQUEST, "The request names two sub-resources.");
                }
                resource = name;
            } else if (!isVersion
                    && !OPTIONS.contains(name)
                    && !name.startsWith("response-")
                    && !QSignature.isPart(name)) {
                throw notServed();
            }
        }
        return resource;
    }

    /** S3's ways of signing and framing: what they put on the wire is not the object. */
    private static void refuseForeignSchemes(CosRequest request) {
        boolean streaming = contains(request.header("Content-Encoding"), "aws-chunked")
                || contains(request.header("x-amz-content-sha256"), "streaming-");
        if (streaming) {
            throw new Refusal(ErrorCode.NOT_IMPLEMENTED, "aws-chunked bodies are not served here.");
        }
        if (contains(request.header("Authorization"), "aws4-hmac-sha256") || request.hasParameter("X-Amz-Algorithm")) {
            throw new Refusal(ErrorCode.ACCESS_DENIED, "Signature Version 4 is not accepted here.");
        }
    }

    private static boolean contains(Optional<String> header, String word) {
        return header.filter(value -> value.toLowerCase(Locale.ROOT).contains(word))
                .isPresent();
    }

    private static Refusal notServed() {
        return new Refusal(ErrorCode.NOT_IMPLEMENTED, "The operation is not part of this origin.");
    }
}
