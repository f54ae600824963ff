package io.clientele.records.convert;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client wants of the conversion of a lead.
 *
 * @param overwrite whether an account's name and a contact's account give way to the lead's company
 * @param addToExisting whether accounts and contacts that match the lead are used
 * @param account the account to use
 * @param contact the contact to use
 * @param assignTo the owner of what is made
 * @param deal the values of a new deal
 * @param contactRole what the contact is to the deal
 * @param tags by the name of the module, the tags its record gets; empty for all of the lead's
 * @param attachments the module whose record gets the attachments
 * @param reassigned the modules whose records of the lead go to {@code assignTo}
 */
record LeadRequest(
    boolean overwrite,
    boolean addToExisting,
    Optional<Long> account,
    Optional<Long> contact,
    Optional<Long> assignTo,
    Optional<ObjectNode> deal,
    Optional<Long> contactRole,
    Map<String, List<String>> tags,
    Optional<String> attachments,
    List<String> reassigned) {}
