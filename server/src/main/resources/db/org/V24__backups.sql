-- Backups that users asked for: one at once, or again and again by a rule.
create table backup (
  id            bigint primary key,
  rrule         text,                           -- none for one at once
  status        text not null,                  -- scheduled, in_progress, completed, failed, stopped
  requester_id  bigint not null,
  created_time  timestamptz not null,
  start_time    timestamptz,                    -- of the first of those by a rule
  next_time     timestamptz,                    -- of the next of those by a rule
  job_id        bigint                          -- what does it next
);

-- What was done about backups, for their history.
create table backup_entry (
  id            bigint primary key,
  backup_id     bigint not null,
  action        text,                           -- initiated, scheduled, stopped
  state         text,                           -- completed, failure
  repeat_type   text not null,                  -- immediate, weekly, biweekly, monthly
  file_name     text,
  user_id       bigint not null,
  log_time      timestamptz not null
);
create index backup_entry_by_time on backup_entry (log_time);
