package io.sealgate.certs;

/** What to do about a file that is already there. */
public enum WriteMode {
    /** Refuse, and leave it as it is. */
    CREATE,
    /** Put the new one in its place, in one step. */
    REPLACE
}
