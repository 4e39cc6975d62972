package io.entitydb.coverage;

/**
 * The branches of one line of a source file.
 *
 * @param file name below the source directory, with slashes
 * @param text the line, without the white space around it
 * @param missed branches that no test took
 * @param covered branches that some test took
 */
record SourceBranches(String file, String text, int missed, int covered) {}
