package io.clientele.imports;

/**
 * An attachment as its source tells of it.
 *
 * @param module the API name here of the module of its record
 * @param fileId another id that its content may have
 */
record AttachmentRow(String id, String module, String parentId, String fileName, String fileId) {}
