package io.clientele.imports;

import java.util.Map;

/**
 * A module of the org that is moved in.
 *
 * @param name what the source calls it
 * @param target the API name of the module here; empty when there is none
 * @param fields fields that have another name here, by the source's names
 * @param count how many records it has; negative when that is not known
 */
record SourceModule(String name, String target, Map<String, String> fields, long count) {}
