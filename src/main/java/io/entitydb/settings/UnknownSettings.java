package io.entitydb.settings;

import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Refuses settings that do not exist: a typo would otherwise leave a default in force that nobody
 * wanted.
 *
 * <p>Variables of the environment count only if they begin like a group of settings: Kubernetes
 * puts others there that begin with the name of the service, and scripts have their own.
 */
final class UnknownSettings
        implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    private static final Pattern VARIABLE =
            Pattern.compile("ENTITYDB_(?:STORAGE|SEARCH|WEB|SECURITY|BACKUP)_[A-Z0-9_]+");

    /** After the files of settings were read. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        require(event.getEnvironment(), KnownSettings.read());
    }

    /**
     * Checks that all settings of this product exist.
     *
     * @throws UnknownSettingException naming those that do not
     */
    static void require(ConfigurableEnvironment environment, KnownSettings known) {
        if (known.isEmpty()) {
            return;
        }
        Map<String, UnknownSettingException.Unknown> unknown = new TreeMap<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> list) {
                for (String name : list.getPropertyNames()) {
                    if (isUnknown(source, name, known)) {
                        unknown.putIfAbsent(name, describe(source, name, known));
                    }
                }
            }
        }
        if (!unknown.isEmpty()) {
            throw new UnknownSettingException(List.copyOf(unknown.values()));
        }
    }

    private static boolean isUnknown(PropertySource<?> source, String name, KnownSettings known) {
        if (source instanceof SystemEnvironmentPropertySource && VARIABLE.matcher(name).matches()) {
            return !known.hasVariable(name);
        }
        return name.startsWith(KnownSettings.PREFIX) && !known.has(name);
    }

    private static UnknownSettingException.Unknown describe(
            PropertySource<?> source, String name, KnownSettings known) {
        String asked =
                source instanceof SystemEnvironmentPropertySource
                        ? name.toLowerCase(Locale.ROOT).replace('_', '.')
                        : name;
        Optional<String> nearest = known.nearestTo(asked);
        return new UnknownSettingException.Unknown(name, source.getName(), nearest.orElse(""));
    }
}
