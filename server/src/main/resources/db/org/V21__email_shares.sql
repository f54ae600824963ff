-- Whose mails of which records the colleagues may read. Lists of a record's mails read it, once
-- mails are kept.
create table email_share (
  record_id     bigint not null,
  user_id       bigint not null,                 -- who shares
  shared_time   timestamptz not null,
  primary key (record_id, user_id)
);
create index email_share_user on email_share (user_id);
