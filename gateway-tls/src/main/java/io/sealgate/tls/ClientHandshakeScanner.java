package io.sealgate.tls;

import io.netty.buffer.ByteBuf;

/**
 * Follows what one side says in clear text and finds the scheme of its signature: of a client's CertificateVerify
 * (RFC 5246 §7.4.8), or of a server's ServerKeyExchange with an elliptic curve (RFC 8422 §5.4), the only kind that is
 * spoken here. Keeps a few numbers and no bytes, so it costs nothing to be fed one byte at a time or messages
 * without end. It does not check what BoringSSL checks: only the framing of records and messages has to be read as
 * BoringSSL reads it. Not thread-safe.
 */
final class ClientHandshakeScanner {

    private static final int NONE = -1;
    private static final int RECORD_HEADER = 5;
    private static final int MESSAGE_HEADER = 4;
    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;
    private static final int SERVER_KEY_EXCHANGE = 12;
    private static final int CERTIFICATE_VERIFY = 15;
    private static final int SSL_2 = 0x80;

    /** Where a ServerKeyExchange has the length of its key: behind the type of curve and the curve. */
    private static final int KEY_LENGTH = 3;

    private final int signed;

    /** Where the next byte belongs: how much of a header has been read, and how much is left of what it speaks of. */
    private int recordHeader;

    private int recordType = NONE;
    private int recordLeft;
    private int messageHeader;
    private int messageType;
    private int messageLeft;
    private int messageAt;
    private int schemeAt;
    private int scheme;
    private boolean isSettled;
    private int signature = NONE;

    /** For what a client says. */
    ClientHandshakeScanner() {
        this(CERTIFICATE_VERIFY);
    }

    private ClientHandshakeScanner(int signed) {
        this.signed = signed;
    }

    /** For what a server says. */
    static ClientHandshakeScanner ofServer() {
        return new ClientHandshakeScanner(SERVER_KEY_EXCHANGE);
    }

    /**
     * Whether nothing more is to be seen: the signature was found, or what follows is encrypted. The first record
     * that is neither handshake nor alert says so: ChangeCipherSpec, in TLS 1.2 after the signature; in TLS
     * 1.3, whose signatures are encrypted, that or application data. Anything else is no TLS, and BoringSSL
     * refuses it.
     */
    boolean isSettled() {
        return isSettled;
    }

    /** Whether a signature was found that is made over a digest weaker than SHA-256. */
    boolean isWeak() {
        // up to TLS 1.2 the first byte is the digest (RFC 5246 §7.4.1.4.1): none, MD5, SHA-1, SHA-224, SHA-256
        return signature != NONE && signature >> 8 < 4;
    }

    /** The scheme that was found, {@code -1} for none. */
    int signature() {
        return signature;
    }

    /** Reads on. Borrows {@code bytes} and leaves its indices alone. */
    void scan(ByteBuf bytes) {
        int at = bytes.readerIndex();
        int end = bytes.writerIndex();
        while (at < end && !isSettled) {
            if (recordHeader > 0 || recordLeft == 0) {
                recordHeader(bytes.getUnsignedByte(at++));
            } else {
                int read = record(bytes, at, Math.min(recordLeft, end - at));
                recordLeft -= read;
                at += read;
            }
        }
    }

    private void recordHeader(int value) {
        switch (recordHeader++) {
            case 0 -> beginRecord(value);
            case 1 -> {
                if (recordType >= SSL_2) {
                    recordLeft = (recordType - SSL_2) << 8 | value;
                    recordHeader = 0;
                }
            }
            case RECORD_HEADER - 2 -> recordLeft = value << 8;
            case RECORD_HEADER - 1 -> {
                recordLeft |= value;
                recordHeader = 0;
            }
            default -> {} // the version, which says nothing
        }
    }

    private void beginRecord(int type) {
        // A ClientHello in the form of SSL 2 may begin a handshake of TLS 1.2 (RFC 5246 appendix E.2), with records
        // after it.
        boolean isOldHello = recordType == NONE && type >= SSL_2;
        recordType = type;
        isSettled = !isOldHello && type != HANDSHAKE && type != ALERT;
    }

    /** Reads at least one of {@code length} bytes of a record; returns how many. */
    private int record(ByteBuf bytes, int at, int length) {
        if (recordType != HANDSHAKE) {
            return length;
        }
        if (messageHeader > 0 || messageLeft == 0) {
            messageHeader(bytes.getUnsignedByte(at));
            return 1;
        }
        if (messageType == signed) {
            messageLeft--;
            signed(bytes.getUnsignedByte(at));
            return 1;
        }
        int skipped = Math.min(messageLeft, length);
        messageLeft -= skipped;
        return skipped;
    }

    private void messageHeader(int value) {
        if (messageHeader == 0) {
            messageType = value;
            messageAt = 0;
            schemeAt = signed == SERVER_KEY_EXCHANGE ? NONE : 0;
        } else {
            messageLeft = messageLeft << 8 | value;
        }
        messageHeader = (messageHeader + 1) % MESSAGE_HEADER;
    }

    /** One byte of the message with the signature. */
    private void signed(int value) {
        if (schemeAt != NONE && messageAt >= schemeAt) {
            scheme = scheme << 8 | value;
            isSettled = messageAt > schemeAt;
            signature = isSettled ? scheme : NONE;
        } else if (messageAt == KEY_LENGTH) {
            schemeAt = KEY_LENGTH + 1 + value;
        }
        messageAt++;
    }
}
