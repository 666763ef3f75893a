package io.sealgate.core.cam;

/**
 * Where a statement stands, for logs and explanations.
 *
 * @param policy the policy's name
 * @param index  the statement's place in it, from 0
 */
public record StatementName(String policy, int index) {
    @Override
    public String toString() {
        return policy + '[' + index + ']';
    }
}
