package io.clientele.app;

import io.clientele.files.BlobStore;
import io.clientele.files.LocalBlobs;
import io.clientele.files.S3Blobs;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where uploaded files lie. */
final class FileStoreOptions {
  private static final Pattern BUCKET =
      Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*))?");

  @Option(
      names = "--file-store",
      paramLabel = "DIR|URL",
      description =
          "Where uploaded files lie: a directory, which several servers may share, or"
              + " s3://bucket/prefix (default: files in the data directory).")
  private @Nullable String fileStore;

  @Option(
      names = "--s3-endpoint",
      paramLabel = "URL",
      description = "Of a store that speaks S3, such as http://127.0.0.1:9000 (default: Amazon).")
  private @Nullable String endpoint;

  @Option(
      names = "--s3-region",
      paramLabel = "REGION",
      defaultValue = "us-east-1",
      description = "Of the bucket (default: us-east-1).")
  private String region = "us-east-1";

  @Option(
      names = "--s3-access-key",
      paramLabel = "KEY",
      description =
          "To the bucket (default: what AWS_… variables, files or the machine's role say).")
  private @Nullable String accessKey;

  @Option(
      names = "--s3-secret-key",
      paramLabel = "SECRET",
      description = "Of the access key; better given as CLIENTELE_S3_SECRET_KEY.")
  private @Nullable String secretKey;

  /**
   * The store that the options name.
   *
   * @throws Failure when they name none
   */
  BlobStore open(Path dataDirectory) {
    Path ours = dataDirectory.resolve("files");
    String where = given(fileStore).orElse(ours.toString());
    if (!where.startsWith("s3:")) {
      return new LocalBlobs(Path.of(where).toAbsolutePath().normalize());
    }
    Matcher bucket = BUCKET.matcher(where);
    if (!bucket.matches()) {
      throw new Failure("--file-store must be a directory or look like s3://bucket/prefix.");
    }
    if (given(accessKey).isPresent() != given(secretKey).isPresent()) {
      throw new Failure("--s3-access-key and --s3-secret-key go together.");
    }
    return new S3Blobs(
        new S3Blobs.Bucket(
            bucket.group(1),
            prefix(bucket.group(2)),
            given(endpoint).map(FileStoreOptions::url),
            region,
            given(accessKey),
            given(secretKey)),
        ours.resolve("uploads"));
  }

  private static String prefix(@Nullable String path) {
    String inner = path == null ? "" : path.replaceAll("^/+|/+$", "");
    return inner.isEmpty() ? "" : inner + "/";
  }

  private static URI url(String text) {
    if (!text.matches("https?://[^/?#\\s]+/?")) {
      throw new Failure("--s3-endpoint must look like http://127.0.0.1:9000, without a path.");
    }
    return URI.create(text);
  }

  private static Optional<String> given(@Nullable String value) {
    return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
  }
}
