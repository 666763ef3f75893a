package io.sealgate.core.cam;

import io.sealgate.core.model.ClientIdentity;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What variables stand for, looked up in the client's certificate once and only when something asks. Confined to one decision. */
final class ClientValues {

    /** Statements try every pair of a URI and a DNS name, of which a large certificate has millions. */
    private static final int MOST = 100;

    private final ClientIdentity client;
    private @Nullable Map<Variable, List<String>> known;

    ClientValues(ClientIdentity client) {
        this.client = client;
    }

    /**
     * All values that the client has for {@code variable}, or no values if there are too many to try. None of them is
     * empty.
     */
    List<String> of(Variable variable) {
        if (known == null) {
            known = new EnumMap<>(Variable.class);
        }
        List<String> values = known.get(variable);
        if (values == null) {
            values = variable.valuesOf(client);
            values = values.size() > MOST ? List.of() : values;
            known.put(variable, values);
        }
        return values;
    }
}
