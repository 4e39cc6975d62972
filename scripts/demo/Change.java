/**
 * What a line of the file does to an entity.
 *
 * @param line number of the line, from 1
 * @param id the entity
 * @param version number of the version that the line makes when the dataset began empty
 * @param state what that version says
 */
record Change(long line, String id, long version, State state) {}
