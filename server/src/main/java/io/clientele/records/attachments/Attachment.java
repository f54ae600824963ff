package io.clientele.records.attachments;

import io.clientele.http.Keys;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.References;
import io.clientele.metadata.UserName;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A file or a link that hangs on a record.
 *
 * @param parentModule the module of the record
 * @param parentName what the record is called; empty when it has no name
 * @param link the URL of a link; empty for a file
 */
public record Attachment(
    long id,
    String name,
    long size,
    String fileId,
    Optional<String> link,
    Module parentModule,
    long parentId,
    Optional<String> parentName,
    long ownerId,
    long createdBy,
    Instant createdTime,
    long modifiedBy,
    Instant modifiedTime) {

  /** The keys of the wire, as a user whose clock is in {@code zone} reads them. */
  public void write(Keys keys, Metadata metadata, ZoneId zone) {
    user(keys, "Owner", metadata, ownerId);
    References.time(keys, "Modified_Time", modifiedTime, zone);
    keys.text("File_Name", name).none("$field_states");
    References.time(keys, "Created_Time", createdTime, zone);
    keys.text("Size", Long.toString(size))
        .object(
            "Parent_Id", parent -> parent.text("name", parentName.orElse("")).id("id", parentId))
        .flag("$editable", true)
        .text("$sharing_permission", "full_access")
        .text("$file_id", link.isPresent() ? null : fileId)
        .text("$type", link.isPresent() ? "Link URL" : "File")
        .text("$se_module", parentModule.apiName());
    user(keys, "Modified_By", metadata, modifiedBy);
    keys.text("$state", "save").id("id", id);
    user(keys, "Created_By", metadata, createdBy);
    keys.text("$link_url", link.orElse(null));
  }

  private static void user(Keys keys, String name, Metadata metadata, long id) {
    UserName user = metadata.userName(id);
    if (user == null) {
      keys.none(name);
    } else {
      keys.value(name, json -> json.writeRawValue(user.reference()));
    }
  }
}
