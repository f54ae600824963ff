package io.clientele.imports;

/**
 * A user of the org that is moved in.
 *
 * @param id what its records call the user
 * @param role the name of the role; empty when not known
 * @param profile the name of the profile; empty when not known
 */
record SourceUser(
    String id, String email, String firstName, String lastName, String role, String profile) {
  String fullName() {
    return (firstName + " " + lastName).strip();
  }
}
