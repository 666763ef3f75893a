package io.sealgate.core.cam;

/**
 * Finds out whether two clients can have the same text, given a text with variables of the client's. Of two names that
 * stand side by side nobody knows where the first one ends: {@code a-b} and {@code c} joined by a hyphen are also
 * {@code a} and {@code b-c}. The parts are told in their order. Confined to one thread.
 */
public final class NameSeparation {

    private final boolean canHoldSlashes;
    private boolean isCertain = true;

    /** A variable, or text that is not known, has been seen since the last words that separate. */
    private boolean isOpen;

    /** One of these may be any text. */
    private boolean isFree;

    private boolean hasPath;
    private int names;

    /** @param canHoldSlashes whether values may have slashes, and a slash separates nothing then */
    public NameSeparation(boolean canHoldSlashes) {
        this.canHoldSlashes = canHoldSlashes;
    }

    /** Literal text follows. */
    public void words(String text) {
        if (!canHoldSlashes && text.indexOf('/') >= 0) {
            isOpen = false;
            isFree = false;
        } else if (!text.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            isOpen = false; // where a serial number or a fingerprint begins or ends
        }
    }

    /** A variable follows. Those that are not the client's say nothing of it. */
    public void variable(Variable variable) {
        if (!variable.isOfClient()) {
            return;
        }
        names++;
        hasPath |= variable == Variable.CLIENT_SPIFFE_PATH;
        boolean isFreeToo = !variable.isHexadecimal();
        isCertain &= !isOpen && !(isFree && isFreeToo) && !(hasPath && names > 1);
        isOpen = true;
        isFree |= isFreeToo;
    }

    /** Text follows that is another in each request. */
    public void anything() {
        isOpen = true;
        isFree = true;
    }

    /** Whether no two clients can have the same text, whatever they are called. */
    public boolean tellsClientsApart() {
        return isCertain;
    }
}
