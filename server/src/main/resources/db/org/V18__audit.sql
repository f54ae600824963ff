-- What users did that is no change of a record: those are in record_change.
create table audit_log (
  id            bigint generated always as identity primary key,
  time          timestamptz not null default clock_timestamp(),
  user_id       bigint,                          -- null where nobody was known to be there
  action        text not null,                   -- added, updated, deleted, signed_in, exported
  entity        text not null,                   -- what it was done to: fields, user_groups, users …
  module_id     bigint,
  name          text,                            -- of what it was done to
  source        text not null,                   -- crm_api, sign_in, configuration
  address       text                             -- from where, if known
);
create index audit_log_time on audit_log (time);
