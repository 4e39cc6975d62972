package io.entitydb.tidy;

/**
 * One place where a file breaks a rule.
 *
 * @param file path of the file within the project
 * @param line line number, counted from 1
 * @param message what is wrong there
 */
public record Finding(String file, long line, String message) {

    @Override
    public String toString() {
        return file + ":" + line + " " + message;
    }
}
