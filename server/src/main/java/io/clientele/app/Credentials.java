package io.clientele.app;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.clientele.db.PrivateFiles;
import io.clientele.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/**
 * What scripts need to call the server, in {@code credentials.json}, readable by its owner alone.
 */
record Credentials(
    @JsonProperty("org_id") String orgId,
    @JsonProperty("api_domain") String apiDomain,
    @JsonProperty("accounts_url") String accountsUrl,
    @JsonProperty("client_id") String clientId,
    @JsonProperty("client_secret") String clientSecret,
    @JsonProperty("redirect_uri") String redirectUri,
    @JsonProperty("refresh_token") String refreshToken,
    @JsonProperty("access_token") String accessToken,
    @JsonProperty("admin_email") String adminEmail,
    @JsonProperty("admin_password") String adminPassword) {

  static Path file(Path dataDirectory) {
    return dataDirectory.resolve("credentials.json");
  }

  /** What an earlier start wrote; empty when there is nothing that can be read. */
  static Optional<Credentials> read(Path dataDirectory) {
    try {
      return Files.exists(file(dataDirectory))
          ? Optional.of(
                  Json.MAPPER.readValue(Files.readAllBytes(file(dataDirectory)), Credentials.class))
              .filter(Credentials::isWhole)
          : Optional.empty();
    } catch (IOException | JacksonException e) {
      return Optional.empty();
    }
  }

  void write(Path dataDirectory) {
    try {
      PrivateFiles.write(
          file(dataDirectory),
          Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Follows a change of the administrator's password, if these are about that address. */
  static void rememberPassword(Path dataDirectory, String email, String password) {
    read(dataDirectory)
        .filter(known -> known.adminEmail.equalsIgnoreCase(email.strip()))
        .ifPresent(known -> known.withAdminPassword(password).write(dataDirectory));
  }

  private Credentials withAdminPassword(String password) {
    return new Credentials(
        orgId,
        apiDomain,
        accountsUrl,
        clientId,
        clientSecret,
        redirectUri,
        refreshToken,
        accessToken,
        adminEmail,
        password);
  }

  /** Whether somebody who edited the file left all that a start needs. */
  private boolean isWhole() {
    return Stream.of(orgId, clientId, clientSecret, refreshToken, adminEmail, adminPassword)
        .allMatch(Objects::nonNull);
  }

  /** Without secrets. */
  @Override
  public String toString() {
    return "Credentials[" + adminEmail + " of " + orgId + " at " + apiDomain + "]";
  }
}
