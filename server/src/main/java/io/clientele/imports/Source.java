package io.clientele.imports;

import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Where an org is moved in from. */
public sealed interface Source extends AutoCloseable permits BackupSource, ServerSource {
  /** What its progress is kept under: the same whenever the same is asked for. */
  String name();

  /**
   * What is to be made in the org first, as a file for {@code clientele apply}.
   *
   * @param here the org as it is
   */
  JsonNode shape(Metadata here);

  /** The same for what stands in modules that came with fields of {@link #shape}. */
  JsonNode innerShape(Metadata here);

  /** Whether its shapes have all fields of its records. */
  boolean tellsShape();

  /** The users it tells of. */
  List<SourceUser> users();

  /** The modules that have records, with those here that have the same name. */
  List<SourceModule> modules(Metadata here);

  /** Whether a column of a module's files may have something in it. */
  boolean hasValues(SourceModule module, String heading);

  /** Says what is there of it, before the first file is asked for. */
  void into(Imported imported);

  /** The id that no record's is above. */
  long highestId(Metadata here);

  /** What a layout of that id is called. */
  Optional<String> layoutName(String id);

  /** A module's CSV file of that number, counted from 1; empty when there are no more. */
  Optional<CsvPart> part(SourceModule module, int number);

  /** Says that a file was read to its end and is not asked for again. */
  void done(SourceModule module, int number);

  /** What an attachment has in it; empty when the source has it not. */
  Optional<InputStream> attachment(AttachmentRow row);

  /** The URL of an attachment that is a link. */
  Optional<String> link(AttachmentRow row);

  /**
   * Records of which a field has files, with ids above {@code after}, in their order; some at a
   * time, none when there are no more.
   */
  List<FieldFiles> files(SourceModule module, Field field, long after);

  @Override
  void close();
}
