package io.sealgate.core.cam;

import java.util.regex.Pattern;

/**
 * To whom an ACL gives something. Everybody has many names: {@code qcs::cam::anyone:anyone}, the groups of COS's and those of S3's by
 * their URIs, and whatever COS may still take for one. An account has few, so what is none of these counts as everybody.
 */
public final class Grantees {

    private static final String UIN = "[1-9][0-9]{0,19}";

    /** A root account, one of its users in either notation, or one of its roles (COS documents 436/7737 and 436/30583). */
    private static final String ACCOUNT = "(?:" + UIN + "(?:/" + UIN + ")?|qcs::cam::uin/" + UIN + ":(?:uin/" + UIN
            + "|roleName/[A-Za-z0-9_-]{1,128}))";

    private static final String GIVEN =
            "[ \\t]*(?:id|uin)[ \\t]*=[ \\t]*(?:\"" + ACCOUNT + "\"|" + ACCOUNT + ")[ \\t]*";

    private static final Pattern ONE_ACCOUNT = Pattern.compile(ACCOUNT);
    private static final Pattern ACCOUNTS = Pattern.compile(GIVEN + "(?:," + GIVEN + ")*", Pattern.CASE_INSENSITIVE);

    private Grantees() {}

    /** Whether {@code id}, of an ACL document, is an account's. */
    public static boolean isAccount(String id) {
        return ONE_ACCOUNT.matcher(id).matches();
    }

    /** Whether {@code header}, such as {@code id="100000000001",id="100000000002"}, is about accounts and nobody else. */
    static boolean areAccounts(String header) {
        return header.isBlank() || ACCOUNTS.matcher(header).matches();
    }
}
