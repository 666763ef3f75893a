package io.sealgate.app.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** What a hand-made client's bytes go over. */
interface Wire extends AutoCloseable {

    InputStream in() throws IOException;

    OutputStream out() throws IOException;

    /** Ends in good order, without a word of the protocols above. */
    void fin() throws IOException;

    /** Ends at once. */
    void reset() throws IOException;

    @Override
    void close() throws IOException;
}
