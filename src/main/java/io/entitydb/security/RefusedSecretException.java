package io.entitydb.security;

/**
 * A secret among the settings that cannot be used. Neither this nor the {@linkplain
 * RefusedSecretAnalyzer report of the failed start} holds it.
 */
final class RefusedSecretException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String property;

    RefusedSecretException(String property, String rule) {
        super(property + ": " + rule);
        this.property = property;
    }

    String property() {
        return property;
    }
}
