package io.entitydb.web;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** Gives tests a client of the service that they start. */
final class ApiExtension implements ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(ApiExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Api.class;
    }

    @Override
    public Api resolveParameter(ParameterContext parameter, ExtensionContext test) {
        int port =
                SpringExtension.getApplicationContext(test)
                        .getEnvironment()
                        .getRequiredProperty("local.server.port", Integer.class);
        Api api =
                test.getRoot()
                        .getStore(NAMESPACE)
                        .computeIfAbsent(port, key -> open(port), Api.class);
        // A service that is started again after another one's tests opens its store.
        Awaitility.await().until(() -> api.get("/readyz").status() == 200);
        return api;
    }

    private static Api open(int port) {
        try (Api anonymous = new Api(port)) {
            Awaitility.await().until(() -> anonymous.get("/readyz").status() == 200);
        }
        return Api.ofAdmin(port);
    }
}
