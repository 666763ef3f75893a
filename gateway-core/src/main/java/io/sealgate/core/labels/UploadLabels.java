package io.sealgate.core.labels;

import static io.sealgate.core.model.CosOperation.Trait.BEGINS_OBJECT;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.cam.Variable;
import io.sealgate.core.config.UploadsConfig;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.rewrite.HeaderText;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Labels new objects with who has uploaded them, as metadata and as tags, so that nobody can say that it was somebody else. Immutable and
 * thread-safe.
 */
public final class UploadLabels {

    private static final String META = "x-cos-meta-";
    private static final String TAGGING = "x-cos-tagging";
    private static final String METADATA_DIRECTIVE = "x-cos-metadata-directive";
    private static final String TAGGING_DIRECTIVE = "x-cos-tagging-directive";
    private static final String REPLACED = "Replaced";

    /** What COS takes as metadata of one object, names and all. */
    static final int MOST_META_BYTES = 2048;

    /** Tags would be others afterwards, or, where COS does not say that it takes any (COS document 436/7741), missing from the beginning. */
    private static final Set<CosOperation> UNTAGGED =
            Set.of(CosOperation.PUT_OBJECT_TAGGING, CosOperation.DELETE_OBJECT_TAGGING, CosOperation.APPEND_OBJECT);

    private final Labels meta;
    private final Labels tags;

    private UploadLabels(Labels meta, Labels tags) {
        this.meta = meta;
        this.tags = tags;
    }

    /** The labels of a configuration in which {@link LabelsCheck} finds nothing wrong. */
    public static UploadLabels of(UploadsConfig config) {
        return new UploadLabels(Labels.of(config.meta()), Labels.of(config.tags()));
    }

    /** The variables of the client's in its texts. */
    public Set<Variable> clientVariables() {
        return Stream.of(meta, tags)
                .flatMap(labels -> labels.labels().stream())
                .flatMap(label -> label.template().clientVariables().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whether an object would lack its labels, or have others: the client has no value for them, or none that COS takes, or says something else
     * itself.
     *
     * @param headers in COS's words; read only
     */
    public boolean forbid(CosOperation operation, HttpHeaders headers, ClientIdentity client) {
        if (UNTAGGED.contains(operation) && !tags.isEmpty()) {
            return true;
        }
        return operation.is(BEGINS_OBJECT)
                && ((!meta.isEmpty() && !isLabelled(operation, headers, client))
                        || (!tags.isEmpty() && !isTagged(headers, client)));
    }

    private boolean isLabelled(CosOperation operation, HttpHeaders headers, ClientIdentity client) {
        Map<String, String> fields = fields(client);
        if (fields == null || (operation == CosOperation.COPY_OBJECT && !replaces(headers))) {
            return false;
        }
        int bytes = 0;
        for (Map.Entry<String, String> field : fields.entrySet()) {
            bytes += field.getKey().length() + field.getValue().length();
            if (saysElse(headers, field.getKey(), field.getValue())) {
                return false;
            }
        }
        return bytes <= MOST_META_BYTES;
    }

    /** A copy has its source's metadata otherwise, which are somebody else's. */
    private static boolean replaces(HttpHeaders headers) {
        return headers.getAll(METADATA_DIRECTIVE).equals(List.of(REPLACED));
    }

    private boolean isTagged(HttpHeaders headers, ClientIdentity client) {
        Map<String, String> texts = tags.of(client);
        return texts != null
                && texts.values().stream().allMatch(ObjectTags::isText)
                && !saysElse(headers, TAGGING, ObjectTags.header(texts));
    }

    /** Readers in the tradition of CGI do not tell {@code _} from {@code -}, so that one name must not stand beside the other. */
    private static boolean saysElse(HttpHeaders headers, String name, String value) {
        List<String> said = headers.getAll(name);
        return headers.names().stream().anyMatch(other -> isTwin(other, name))
                || (!said.isEmpty() && !said.equals(List.of(value)));
    }

    private static boolean isTwin(String other, String name) {
        return other.indexOf('_') >= 0 && other.replace('_', '-').equalsIgnoreCase(name);
    }

    /** Metadata as header fields. */
    private @Nullable Map<String, String> fields(ClientIdentity client) {
        Map<String, String> texts = meta.of(client);
        if (texts == null) {
            return null;
        }
        Map<String, String> fields = new TreeMap<>();
        texts.forEach((name, text) -> fields.put(META + name, HeaderText.percentEncode(text)));
        return fields;
    }

    /** Adds them to {@code headers}, those for the origin, of a request that {@link #forbid} does not. */
    public void addTo(CosOperation operation, HttpHeaders headers, ClientIdentity client) {
        if (!operation.is(BEGINS_OBJECT) || (meta.isEmpty() && tags.isEmpty())) {
            return;
        }
        Map<String, String> fields = fields(client);
        Map<String, String> texts = tags.of(client);
        if (fields == null || texts == null) {
            throw new IllegalStateException("client: without a value (expected: forbidden by now)");
        }
        fields.forEach(headers::set);
        if (!texts.isEmpty()) {
            headers.set(TAGGING, ObjectTags.header(texts));
            if (operation == CosOperation.COPY_OBJECT) {
                headers.set(TAGGING_DIRECTIVE, REPLACED); // else a copy has its source's
            }
        }
    }
}
