package io.sealgate.core.cam;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.model.BodyFraming;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ConnectionContext;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.QueryParameter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One question to a set of policies: may this be done to that key? What has been looked up is remembered. Confined to one decision. */
final class Question {

    private static final String TLS_PREFIX = "TLSv";
    private static final String METADATA_DIRECTIVE = "x-cos-metadata-directive";
    private static final String TAGGING_DIRECTIVE = "x-cos-tagging-directive";
    private static final List<String> REPLACED = List.of("Replaced");

    /** For patterns without variables. */
    static final Binding NOBODY = new Binding(new ClientValues(new ClientIdentity.Anonymous()), 0, 0);

    private final CosOperation operation;
    private final String key;
    private final RequestFacts facts;
    private final ClientValues client;
    private final Binding firstNames;
    private @Nullable Map<ConditionKey, Found> known;

    Question(CosOperation operation, String key, RequestFacts facts) {
        this.operation = operation;
        this.key = key;
        this.facts = facts;
        this.client = new ClientValues(facts.connection().identity());
        this.firstNames = new Binding(client, 0, 0);
    }

    CosOperation operation() {
        return operation;
    }

    /** The object's key, decoded; empty for the bucket. */
    String key() {
        return key;
    }

    ClientValues client() {
        return client;
    }

    /** Of every kind the first name: all there is to choose for most clients. */
    Binding firstNames() {
        return firstNames;
    }

    /** Whether it is about a request whose keys are in its body, before that is read. */
    boolean isOnBody() {
        return operation == CosOperation.DELETE_MULTIPLE_OBJECTS && key.isEmpty();
    }

    /** Whether it is about letting everybody write. */
    boolean isAboutPublicWrite() {
        return RequestedAccess.isAclWrite(operation)
                && RequestedAccess.isPublicWrite(facts.head().headers());
    }

    /** What the request says under {@code asked}. */
    Found find(ConditionKey asked) {
        if (known == null) {
            known = new EnumMap<>(ConditionKey.class);
        }
        Found found = known.get(asked);
        if (found == null) {
            found = lookUp(asked);
            known.put(asked, found);
        }
        return found;
    }

    private Found lookUp(ConditionKey asked) {
        return switch (asked.source()) {
            case CONNECTION -> ofConnection(asked);
            case QUERY -> parameter(asked);
            case HEADER -> asked == ConditionKey.CONTENT_TYPE ? contentType(asked) : header(asked);
            case ACCESS -> RequestedAccess.isAclWrite(facts.operation()) && hasBody() ? Found.UNKNOWN : header(asked);
            case TAGS -> areTagsElsewhere() ? Found.UNKNOWN : tags(header(asked));
            case LOCK -> RequestedAccess.isLockWrite(facts.operation()) && hasBody() ? Found.UNKNOWN : lock(asked);
        };
    }

    /** Policies are asked before the body is read. */
    private boolean hasBody() {
        return !facts.head().framing().isEmpty();
    }

    private boolean areTagsElsewhere() {
        return (RequestedAccess.isTagWrite(facts.operation()) && hasBody()) || takesFromSource(TAGGING_DIRECTIVE);
    }

    /**
     * Whether the object gets from the source of a copy what {@code directive} is about, whatever the headers say of
     * it: COS goes by them only where they replace the source's (COS document 436/10881).
     */
    private boolean takesFromSource(String directive) {
        return facts.operation() == CosOperation.COPY_OBJECT
                && !facts.head().headers().getAll(directive).equals(REPLACED);
    }

    /** What a copy stores is not in its request. */
    private boolean isCopy() {
        return facts.operation() == CosOperation.COPY_OBJECT || facts.operation() == CosOperation.UPLOAD_PART_COPY;
    }

    private Found ofConnection(ConditionKey asked) {
        ConnectionContext connection = facts.connection();
        ConnectionContext.Tls tls = connection.tls();
        return switch (asked) {
            case IP ->
                connection.clientAddress() instanceof InetSocketAddress address && !address.isUnresolved()
                        ? Found.of(literal(address.getAddress()))
                        : Found.MISSING;
            case CURRENT_TIME -> Found.of(Long.toString(facts.now()));
            case SECURE_TRANSPORT -> Found.of(String.valueOf(tls != null));
            case TLS_VERSION ->
                tls == null ? Found.MISSING : Found.of(tls.protocol().substring(TLS_PREFIX.length()));
            case HOST -> Found.of(facts.hostName());
            case CONTENT_LENGTH ->
                isCopy() ? Found.UNKNOWN : length(facts.head().framing());
            default -> throw new IllegalArgumentException(asked + " (expected: a key about the connection)");
        };
    }

    private static Found length(BodyFraming framing) {
        return framing instanceof BodyFraming.Fixed fixed ? Found.of(Long.toString(fixed.bytes())) : Found.MISSING;
    }

    /** Without the zone, which is no part of an address. */
    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    /** A parameter that was sent empty means nothing, as with headers: COS takes it for absent. */
    private Found parameter(ConditionKey asked) {
        if (asked == ConditionKey.VERSION_ID && facts.operation() == CosOperation.DELETE_MULTIPLE_OBJECTS) {
            return Found.UNKNOWN; // the document names versions
        }
        for (QueryParameter parameter : facts.query()) {
            if (parameter.name().equals(asked.field())) {
                return parameter.value().isEmpty() ? Found.MISSING : Found.of(parameter.value());
            }
        }
        return Found.MISSING;
    }

    /** A header that was sent empty means nothing, and one that was sent twice may mean either. */
    private Found header(ConditionKey asked) {
        HttpHeaders headers = facts.head().headers();
        String first = headers.get(asked.field());
        if (first == null) {
            return Found.MISSING;
        }
        List<String> all = headers.getAll(asked.field());
        if (all.size() > 1) {
            return Found.UNKNOWN;
        }
        return first.isEmpty() ? Found.MISSING : Found.of(first);
    }

    /** A list is what the same header sent twice is to a reader who joins the two (RFC 9110 §5.3). */
    private Found contentType(ConditionKey asked) {
        Found found = takesFromSource(METADATA_DIRECTIVE) ? Found.UNKNOWN : header(asked);
        return found.values().stream().anyMatch(type -> type.indexOf(',') >= 0) ? Found.UNKNOWN : found;
    }

    private Found lock(ConditionKey asked) {
        return asked == ConditionKey.LOCK_DAYS ? daysUntil(header(asked)) : header(asked);
    }

    /** A count, so there is none until a day that has gone by. */
    private Found daysUntil(Found date) {
        if (!date.isKnown() || date.isMissing()) {
            return date;
        }
        Instant until = PolicyTime.parse(date.values().get(0)).orElse(null);
        if (until == null || until.toEpochMilli() < facts.now()) {
            return Found.UNKNOWN;
        }
        Duration left = Duration.between(Instant.ofEpochMilli(facts.now()), until);
        return Found.of(Long.toString(left.toDays()));
    }

    /** {@code a=1&b=2}, percent-encoded, is to a policy the two values {@code a&1} and {@code b&2}. */
    private static Found tags(Found header) {
        if (!header.isKnown() || header.isMissing()) {
            return header;
        }
        List<String> tags = new ArrayList<>();
        for (String pair : header.values().get(0).split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = PercentText.decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = PercentText.decode(equals < 0 ? "" : pair.substring(equals + 1));
            if (name == null || value == null) {
                return Found.UNKNOWN;
            }
            tags.add(name + '&' + value);
        }
        return new Found(true, List.copyOf(tags));
    }
}
