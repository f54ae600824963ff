-- Replies to calls that came with an Idempotency-Key, for when the call comes again.
create table idempotency_key (
  user_id       bigint not null,
  key           text not null,
  fingerprint   bytea not null,                 -- of the method, the path and the body
  status        integer,
  body          bytea,
  created_time  timestamptz not null,
  primary key (user_id, key)
);
create index idempotency_key_by_time on idempotency_key (created_time);
-- Trimming by age deletes the oldest rows in small batches, which a BRIN index cannot hand out.
drop index record_change_by_time;
create index record_change_by_time on record_change (time);
