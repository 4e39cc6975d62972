package io.entitydb.storage.header;

/** Values that can make no header: one of the header's rules does not hold. */
public final class HeaderRuleException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String rule;
    private final String reason;

    HeaderRuleException(String rule, String detail) {
        super(rule + ": " + detail);
        this.rule = rule;
        this.reason = rule + ": " + detail;
    }

    /** Name of the broken rule, in kebab-case. */
    public String rule() {
        return rule;
    }

    /** The rule with the values that break it. */
    public String reason() {
        return reason;
    }
}
