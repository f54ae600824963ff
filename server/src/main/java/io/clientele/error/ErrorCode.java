package io.clientele.error;

/**
 * The catalogue of error codes: each with its HTTP status and its usual message in the documented
 * words. An operation whose page words it differently says so with {@link ApiError#message}.
 */
public enum ErrorCode {
  INVALID_TOKEN(401, "invalid oauth token"),
  AUTHENTICATION_FAILURE(401, "Authentication failed"),
  OAUTH_SCOPE_MISMATCH(401, "invalid oauth scope to access this URL"),
  NO_PERMISSION(403, "permission denied"),
  NOT_SUPPORTED(403, "This API is supported only for admin users"),
  INVALID_URL_PATTERN(404, "Please check if the URL trying to access is a correct one"),
  INVALID_REQUEST_METHOD(400, "The http request method type is not a valid one"),
  INVALID_REQUEST(
      400,
      "unable to process your request. please verify if you have entered proper method name,"
          + " parameter and parameter values."),
  REQUEST_ENTITY_TOO_LARGE(413, "the request body is larger than the limit"),
  RESOURCE_NOT_FOUND(404, "Resource not found"),
  INVALID_MODULE(400, "the module name given seems to be invalid"),
  INVALID_DATA(400, "invalid data"),
  /** The plural is the wire's own. */
  INVALID_DATAS(400, "Special Characters are not allowed"),
  UNABLE_TO_PARSE_DATA_TYPE(400, "either the request body or parameters is in wrong format"),
  MANDATORY_NOT_FOUND(400, "required field not found"),
  DUPLICATE_DATA(400, "duplicate data"),
  MULTIPLE_OR_MULTI_ERRORS(400, "Multiple errors in the request"),
  SYNTAX_ERROR(400, "Formula expression has syntax error"),
  MISSING_BRACES(400, "Some of brace is missing in given expression"),
  INCORRECT_NUMBER_OF_PARAM(400, "The number of param is incorrect for one of the method"),
  INCORRECT_DATA_TYPE_PARAM(400, "The data type of param is incorrect for one of the method"),
  PARTICIPATING_FIELD_NOT_FOUND(400, "participating field not found"),
  DYNAMIC_EXPRESSION_LENGTH_EXCEEDED(400, "dynamic expression length exceeded"),
  DEPENDENT_MISMATCH(400, "dependent mismatch"),
  EXPECTED_DEPENDENT_FIELD_MISSING(400, "expected dependent field missing"),
  RESERVED_KEYWORD_NOT_ALLOWED(400, "reserved keyword not allowed"),
  API_NOT_SUPPORTED(400, "api version is not supported"),
  MINIMUM_DATA_NOT_FOUND(400, "minimum data not found"),
  EXPECTED_FIELD_MISSING(400, "Specify at least one field."),
  ALREADY_SCHEDULED(400, "Scheduler already running for this pipeline"),
  ALREADY_USED(400, "from id is mapped more than once"),
  CANNOT_DELETE(400, "cannot delete"),
  ALREADY_ACTIVATED(400, "Cannot activate the active layout"),
  ALREADY_DEACTIVATED(400, "Given layout ID has already been deactivated"),
  DEPENDENT_FIELD_MISSING(400, "dependent field missing"),
  ALREADY_CONFIGURED(400, "already configured."),
  FEATURE_NOT_ENABLED(403, "the feature is not enabled"),
  DEPENDENT_PARAM_MISSING(400, "Dependent Param missing"),
  EXPECTED_PARAM_MISSING(400, "One of the expected parameter is missing"),
  REQUIRED_PARAM_MISSING(400, "One of the expected parameter is missing"),
  LIMIT_EXCEEDED(400, "limit exceeded"),
  LICENSE_LIMIT_EXCEEDED(400, "edition limit exceeded"),
  JSON_PARSE_ERROR(400, "the JSON cannot be read"),
  LOOKUP_LIMIT_EXCEEDED(400, "lookup limit exceeded"),
  PATTERN_NOT_MATCHED(400, "Please check whether the input values are correct"),
  TOKEN_BOUND_DATA_MISMATCH(
      400,
      "The page_token given seems to be invalid or input param is added or altered or deleted"),
  EXPIRED_VALUE(400, "Page token expired"),
  DISCRETE_PAGINATION_LIMIT_EXCEEDED(
      400, "You can only get the first 2000 records without using page_token param"),
  PAGINATION_LIMIT_EXCEEDED(400, "You can only get upto 100000 records using page_token param"),
  AMBIGUITY_DURING_PROCESSING(400, "ambiguity while processing the request"),
  MAPPING_ALREADY_EXISTS(
      400,
      "The given parent and child fields are already associated in another map dependency in this"
          + " layout"),
  MAPPING_MISMATCH(400, "the value is not mapped to the value of the field it depends on"),
  NOT_ALLOWED(403, "the action is not allowed"),
  LOWER_LIMIT_REACHED(400, "Lower limit reached"),
  ALREADY_MODIFIED(412, "record updated time has already passed if-unmodified-since time"),
  /** The small letters are the wire's own. */
  failure_in_attachment_handling(
      400, "Problem in uploading attachment. kindly upload the file properly"),
  FILE_SIZE_MORE_THAN_ALLOWED_SIZE(
      415, "Please check if the size of the file is in the correct range"),
  BODY_SIZE_REACHED(413, "Request body size exceeds the maximum limit of 100MB"),
  FILE_SIZE_EXCEEDS(413, "File exceeded its maximum limit"),
  FILE_RESOLUTION_EXCEEDS(415, "File exceeded its maximum limit"),
  DOWNLOAD_NOT_ALLOWED(400, "As it is a linked attachment, you can not download it"),
  DEPENDENT_FIELD_UNCHANGED(400, "dependent field unchanged"),
  IN_REQUEST_LIMIT_EXCEEDED(400, "limit exceeded in the request"),
  CANNOT_PERFORM_ACTION(400, "no permission to perform an action on this record"),
  RECORD_LOCKED(400, "Sorry, you cannot perform this operation as the record is locked."),
  AUTHORIZATION_FAILED(400, "User does not have sufficient privilege to empty the recycle bin"),
  NO_RECORDS_FOUND(400, "no record found to update"),
  RECORD_LIMIT_EXCEEDED(400, "The number of records exceeds the limit"),
  COMBINED_CRITERIA_LIMIT_EXCEEDED(
      400, "Given CVID has more than 25 criteria, so change owner not done."),
  CANNOT_ASSIGN(403, "The user you are trying to assign does not have permission for this module."),
  NOT_FOUND(404, "The specified job does not belong to this module"),
  ID_ALREADY_CONVERTED(400, "id already converted"),
  INVALID_QUERY(400, "Invalid query formed"),
  LIMIT_REACHED(400, "maximum response iteration limit reached"),
  CRITERIA_LIMIT_EXCEEDED(400, "no of criterium that can be given exceed the limit 15"),
  FIELD_TYPE_UNAVAILABLE(400, "this data type is not found in this module"),
  CANNOT_UPDATE_DELETED_USER(400, "Deleted user cannot be updated"),
  /** The spelling is the wire's own. */
  EMAIL_UPDATE_NOT_ALOWED(400, "Cannot update email of a confirmed CRM User"),
  ID_ALREADY_ACTIVE(400, "User is already active"),
  ID_ALREADY_DEACTIVATED(400, "User is already deactivated"),
  ID_ALREADY_DELETED(400, "User is already deleted"),
  CONFLICTING_DATA_FOUND(400, "conflicting data found"),
  FEATURE_NOT_AVAILABLE(400, "the feature is not available"),
  CANNOT_PROCESS(400, "the request cannot be processed"),
  DEPENDENT_FIELD_MISMATCH(400, "dependent field mismatch"),
  INVALID_ALIAS(400, "alias name cannot be an empty string"),
  DUPLICATE_ALIAS(400, "same alias cannot refer more than one column"),
  INVALID_REFERENCE(400, "the reference given seems to be invalid"),
  LOOPING_FOUND(400, "the sub requests refer to each other"),
  ROLLBACK_PERFORMED(
      400,
      "the transaction was rolled back since another sub request in the same transaction failed."),
  PROCESSING_STOPPED(
      400,
      "the transaction was rolled back since another sub request in the same transaction failed."),
  REQUEST_TIMEOUT(400, "the sub request took too long"),
  ALREADY_SHARED(400, "Emails are already shared to the colleagues already"),
  NOT_SHARED(400, "Emails are not  shared to the colleagues already"),
  REQUEST_BODY_IS_EMPTY(400, "the request body is empty"),
  REQUEST_BODY_NOT_READABLE(400, "the request body cannot be read"),
  REQUEST_BODY_NOT_SUPPORTED(400, "the request body is not supported"),
  MEDIA_TYPE_NOT_SUPPORTED(415, "Media type is not supported."),
  QUERY_NOT_SUPPORTED(400, "the query is not supported"),
  MODULE_NOT_AVAILABLE(400, "the module is not available"),
  MODULE_NOT_SUPPORTED(400, "the module is not supported"),
  CVID_NOT_SUPPORTED(400, "the cvid is not supported"),
  PAGE_NOT_SUPPORTED(400, "the page is not supported"),
  PAGE_RANGE_EXCEEDED(400, "the page is beyond the last that can be asked for"),
  NOT_SUPPORTED_FEATURE(400, "the feature is not supported"),
  JOIN_LIMIT_EXCEEDED(400, "more lookups are followed than may be"),
  FIELD_NOT_AVAILABLE(400, "the field is not available"),
  FIELD_NOT_SUPPORTED(400, "the field is not supported"),
  INVALID_CRITERIA(400, "the criteria are invalid"),
  AMBIGUOUS_CRITERIA(400, "the criterion can be understood in more than one way"),
  AMBIGUOUS_GROUP_IN_CRITERIA(400, "the group can be understood in more than one way"),
  GROUP_OPERATOR_NOT_SUPPORTED(400, "the group operator is not supported"),
  FIELD_IN_CRITERIA_NOT_AVAILABLE(400, "the field in the criteria is not available"),
  FIELD_IN_CRITERIA_NOT_SUPPORTED(400, "the field in the criteria is not supported"),
  FIELD_COMPARATOR_IN_CRITERIA_NOT_SUPPORTED(
      400, "the comparator is not supported with the field in the criteria"),
  COMPARATOR_AND_VALUE_IN_CRITERIA_NOT_COMPATIBLE(
      400, "the comparator and the value in the criteria do not go together"),
  VALUE_TYPE_NOT_SUPPORTED(400, "the type of the value is not supported"),
  VALUE_IN_CRITERIA_NOT_SUPPORTED(400, "the value in the criteria is not supported"),
  VALUE_LIMIT_EXCEEDED_IN_CRITERIA(400, "there are more values in the criteria than may be"),
  INVALID_CALLBACK_URL(400, "the callback URL is invalid"),
  INVALID_CALLBACK_METHOD(400, "the callback method is invalid"),
  INVALID_FILE_FORMAT(400, "invalid file format. only zip format is supported"),
  FILE_TOO_LARGE(413, "File size too large to process"),
  FILE_NOT_SUPPORTED(400, "File not supported for bulk write"),
  FILE_NOT_FOUND(400, "the file is not found"),
  INVALID_FILE_ID(400, "improper file id"),
  MISSING_REQUIRED_KEY(400, "a required key is not found in the request body"),
  MANDATORY_FIELDS_NOT_MAPPED(400, "All mandatory fields are not mapped for the layout"),
  COEXISTENCE_NOT_ALLOWED(400, "the keys cannot be given together"),
  COLUMN_INDEX_NOT_FOUND(400, "the column index is not found in the file"),
  HEADER_LIMIT_EXCEEDED(400, "more columns are mapped than may be"),
  INVALID_FIELD(400, "the field is invalid"),
  INVALID_FORMAT(400, "the format is invalid"),
  BACKUP_ALREADY_SCHEDULED(400, "Backup is already scheduled"),
  ALREADY_CANCELLED(400, "Backup is already canceled"),
  INPROGRESS(400, "Backup is in progress"),
  FORBIDDEN(403, "Permission denied"),
  URL_RULE_NOT_CONFIGURED(401, "Please check if the URL trying to access is a correct one"),
  TOO_MANY_REQUESTS(429, "Too many requests fired at concurrent time"),
  INTERNAL_ERROR(500, "Internal Server Error");

  private final int status;
  private final String message;

  ErrorCode(int status, String message) {
    this.status = status;
    this.message = message;
  }

  public int status() {
    return status;
  }

  public String message() {
    return message;
  }

  /** This code as an error, with its usual status and message and no details yet. */
  public ApiError error() {
    return new ApiError(this, status, message, java.util.Map.of());
  }

  /** This code with one detail. */
  public ApiError with(String key, Object value) {
    return error().with(key, value);
  }
}
