package io.clientele.imports;

/**
 * Something that could not be taken.
 *
 * @param record the id, or where it stands when it has none
 * @param field empty when it is about the whole record
 */
record Problem(String step, String record, String field, String value, String reason) {}
