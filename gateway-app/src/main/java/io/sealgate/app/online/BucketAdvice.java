package io.sealgate.app.online;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sealgate.core.config.EncryptionConfig;
import io.sealgate.core.config.IntegrityConfig.OnCorruptStore;
import io.sealgate.core.config.UploadsConfig.ForbidOverwrite;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.CosOperation.Trait;
import io.sealgate.core.model.OperationGroup;
import io.sealgate.core.request.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.w3c.dom.Document;

/**
 * What an operator should know of a bucket before a gateway stands in front of it: who gets past the gateway, and which of its routes' promises the
 * bucket does not keep. Immutable.
 *
 * @param routes all that lead to the bucket
 */
record BucketAdvice(List<Route> routes) {

    private static final JsonMapper JSON = new JsonMapper();

    /** Those permissions of an ACL with which objects or the ACL itself can be changed (COS document 436/7733). */
    private static final List<String> WRITES = List.of("WRITE", "WRITE_ACP", "FULL_CONTROL");

    BucketAdvice {
        routes = List.copyOf(routes);
    }

    /** What {@code answer} gives cause to say, nothing if all is well. */
    List<String> about(BucketQuestion question, BucketAnswer answer) {
        boolean isNothing = question.isNothing(answer);
        if (answer.status() != 200 && !isNothing) {
            return List.of(question.label() + ": cannot tell, COS answers " + answer.summary()
                    + " (expected: that the gateway's key may ask for it)");
        }
        return switch (question) {
            case ACL -> answer.xml().map(BucketAdvice::aboutAcl).orElseGet(() -> notUnderstood(question));
            case POLICY -> isNothing ? List.of() : aboutPolicy(answer.body()).orElseGet(() -> notUnderstood(question));
            case VERSIONING -> answer.xml().map(this::aboutVersioning).orElseGet(() -> notUnderstood(question));
            case ENCRYPTION -> isNothing ? aboutNoEncryption() : List.of();
        };
    }

    private static List<String> notUnderstood(BucketQuestion question) {
        return List.of(question.label() + ": cannot tell, the answer makes no sense (expected: the document of COS)");
    }

    // ---- who gets past the gateway ----

    private static List<String> aboutAcl(Document acl) {
        List<String> everybodys = BucketAnswer.elements(acl.getDocumentElement(), "Grant").stream()
                .filter(grant ->
                        isEverybody(BucketAnswer.text(grant, "URI")) || isEverybody(BucketAnswer.text(grant, "ID")))
                .map(grant -> BucketAnswer.text(grant, "Permission"))
                .toList();
        if (everybodys.stream().anyMatch(WRITES::contains)) {
            return List.of(
                    "acl: everybody may write (expected: private; nobody needs the gateway to store and delete)");
        }
        return everybodys.isEmpty()
                ? List.of()
                : List.of("acl: everybody may read (expected: private; nobody needs the gateway to list and read)");
    }

    /** A group of all, or of all who have an account, or CAM's word for anybody. */
    private static boolean isEverybody(String grantee) {
        return grantee.endsWith("/AllUsers")
                || grantee.endsWith("/AuthenticatedUsers")
                || grantee.contains("anyone:anyone");
    }

    private static Optional<List<String>> aboutPolicy(String body) {
        JsonNode statements;
        try {
            statements = member(JSON.readTree(body), "statement");
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        List<String> advice = new ArrayList<>();
        for (int i = 0; i < statements.size(); i++) {
            JsonNode statement = statements.get(i);
            boolean isAllow = member(statement, "effect").asText("").equalsIgnoreCase("allow");
            if (isAllow && namesEverybody(member(statement, "principal"))) {
                advice.add("policy: statement " + i
                        + " allows everybody something (expected: an account; whom it allows needs no gateway)");
            }
        }
        return Optional.of(advice);
    }

    private static boolean namesEverybody(JsonNode principal) {
        return principal.isValueNode()
                ? principal.asText().equals("*") || isEverybody(principal.asText())
                : stream(principal).anyMatch(BucketAdvice::namesEverybody);
    }

    private static Stream<JsonNode> stream(JsonNode parent) {
        return StreamSupport.stream(parent.spliterator(), false);
    }

    /** Documents spell their members with and without capitals. */
    private static JsonNode member(JsonNode parent, String name) {
        for (Map.Entry<String, JsonNode> member : parent.properties()) {
            if (member.getKey().toLowerCase(Locale.ROOT).equals(name)) {
                return member.getValue();
            }
        }
        return JSON.missingNode();
    }

    // ---- which promises the bucket does not keep ----

    private List<String> aboutVersioning(Document versioning) {
        String status = BucketAnswer.text(versioning.getDocumentElement(), "Status");
        return status.isEmpty() ? aboutNoVersioning() : aboutVersions(status.toLowerCase(Locale.ROOT));
    }

    private List<String> aboutVersions(String status) {
        return each(
                route -> route.config().uploads().forbidOverwrite() == ForbidOverwrite.TRUE,
                route -> "versioning: " + status + ", so COS ignores uploads.forbid-overwrite of route " + route.name()
                        + " (expected: forbid-overwrite: head-first)");
    }

    private List<String> aboutNoVersioning() {
        List<String> advice = new ArrayList<>(each(
                route -> route.config().integrity().upload().onCorruptStore() == OnCorruptStore.DELETE_VERSION,
                route -> "versioning: off, so integrity.upload.on-corrupt-store of route " + route.name()
                        + " can take nothing back (expected: versioning)"));
        List<String> names =
                routes.stream().filter(BucketAdvice::loses).map(Route::name).toList();
        if (!names.isEmpty()) {
            advice.add("versioning: off, so what is overwritten or deleted by way of " + String.join(", ", names)
                    + " is gone (expected: versioning)");
        }
        return advice;
    }

    /** Whether it serves what does away with an object. */
    private static boolean loses(Route route) {
        boolean overwrites = stores(route)
                && route.config().keys() == null
                && route.config().uploads().forbidOverwrite() == ForbidOverwrite.FALSE;
        return overwrites || route.operations().stream().anyMatch(served -> served.group() == OperationGroup.DELETE);
    }

    private List<String> aboutNoEncryption() {
        return each(
                route -> stores(route) && route.config().encryption().mode() == EncryptionConfig.Mode.NONE,
                route -> "encryption: none by default, and route " + route.name()
                        + " adds none (expected: encryption of the bucket, or encryption.mode)");
    }

    private static boolean stores(Route route) {
        return route.operations().stream().anyMatch(BucketAdvice::makesObjects);
    }

    private static boolean makesObjects(CosOperation operation) {
        return operation.is(Trait.BEGINS_OBJECT);
    }

    private List<String> each(Predicate<Route> which, Function<Route, String> says) {
        return routes.stream().filter(which).map(says).toList();
    }
}
