package io.clientele.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;

/** Contents in a bucket of S3, or of anything that speaks its protocol. */
public final class S3Blobs implements BlobStore {
  private final Bucket bucket;
  private final Path staging;
  private @Nullable S3Client client;

  /**
   * Where the bucket is.
   *
   * @param prefix before each key, with a slash at its end; may be empty
   * @param endpoint of a store other than Amazon's
   * @param accessKey with {@code secretKey}; without, what the environment of the process has
   */
  public record Bucket(
      String name,
      String prefix,
      Optional<URI> endpoint,
      String region,
      Optional<String> accessKey,
      Optional<String> secretKey) {}

  /**
   * @param staging a directory of this server for uploads under way
   */
  public S3Blobs(Bucket bucket, Path staging) {
    this.bucket = bucket;
    this.staging = staging;
  }

  /** Made when first needed: commands that touch no file do not pay for it. */
  private synchronized S3Client client() {
    if (client == null) {
      var builder =
          S3Client.builder()
              .httpClientBuilder(UrlConnectionHttpClient.builder())
              .region(Region.of(bucket.region))
              .forcePathStyle(bucket.endpoint.isPresent())
              .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
              .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
              .serviceConfiguration(S3Configuration.builder().chunkedEncodingEnabled(false).build())
              .credentialsProvider(
                  bucket.accessKey.isPresent()
                      ? StaticCredentialsProvider.create(
                          AwsBasicCredentials.create(
                              bucket.accessKey.get(), bucket.secretKey.orElse("")))
                      : DefaultCredentialsProvider.builder().build());
      bucket.endpoint.ifPresent(builder::endpointOverride);
      client = builder.build();
    }
    return client;
  }

  @Override
  public Path staging() {
    return staging;
  }

  @Override
  public void keep(String key, Path staged) {
    try {
      client()
          .putObject(
              request -> request.bucket(bucket.name).key(bucket.prefix + key),
              RequestBody.fromFile(staged));
    } catch (SdkException e) {
      throw failure(e);
    }
  }

  @Override
  public InputStream open(String key) {
    try {
      return client().getObject(request -> request.bucket(bucket.name).key(bucket.prefix + key));
    } catch (SdkException e) {
      throw failure(e);
    }
  }

  @Override
  public void delete(String key) {
    try {
      client().deleteObject(request -> request.bucket(bucket.name).key(bucket.prefix + key));
    } catch (SdkException e) {
      throw failure(e);
    }
  }

  private static UncheckedIOException failure(SdkException e) {
    return new UncheckedIOException(new IOException("the file store: " + e.getMessage(), e));
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
    }
  }
}
