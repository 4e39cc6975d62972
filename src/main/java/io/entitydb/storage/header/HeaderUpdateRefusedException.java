package io.entitydb.storage.header;

/**
 * A change that {@link HeaderSync} refused, because it would break a rule. Nothing was written and
 * nothing changed; the same change is refused again.
 */
public final class HeaderUpdateRefusedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final String rule;

    HeaderUpdateRefusedException(String rule, String detail) {
        super(rule + ": " + detail);
        this.rule = rule;
    }

    HeaderUpdateRefusedException(HeaderRuleException cause) {
        super(cause.reason(), cause);
        this.rule = cause.rule();
    }

    /** Name of the broken rule, in kebab-case. */
    public String rule() {
        return rule;
    }
}
