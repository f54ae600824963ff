package io.clientele.metadata;

/**
 * What replies say of a user wherever one is mentioned.
 *
 * @param active whether the user may sign in and own new records
 */
public record UserName(
    long id,
    String name,
    String email,
    java.time.ZoneId zone,
    long roleId,
    long profileId,
    boolean active) {}
