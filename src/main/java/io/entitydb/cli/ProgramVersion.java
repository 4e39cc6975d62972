package io.entitydb.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.IVersionProvider;

/** The version of the jar. */
final class ProgramVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        @Nullable String version = ProgramVersion.class.getPackage().getImplementationVersion();
        return new String[] {"entitydb " + (version == null ? "(not packaged)" : version)};
    }
}
