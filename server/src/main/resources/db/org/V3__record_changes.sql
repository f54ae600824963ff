-- The ledger: one row for each change of a record, written in the transaction of the change.
create table record_change (
  id          bigint generated always as identity,
  record_id   bigint not null,
  module_id   bigint not null,
  related_id  bigint,                           -- the record it hangs on: of a note, a task, a row of a subform
  action      text not null,                    -- added, updated, deleted …
  source      text not null,                    -- crm_api, convert …
  user_id     bigint not null,
  time        timestamptz not null,
  changes     jsonb,                            -- of an update: {"<api name>": [old, new]}
  primary key (record_id, id)
);
create index record_change_by_related on record_change (related_id, id) where related_id is not null;
create index record_change_by_time on record_change using brin (time);
