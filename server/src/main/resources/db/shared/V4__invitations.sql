-- Invitations of users who have not confirmed yet: the link that was handed out, by its hash, good once.
create table invitation (
  hash          bytea primary key,
  org_id        bigint not null,
  user_id       bigint not null,
  expires_time  timestamptz not null,
  unique (org_id, user_id),
  foreign key (org_id, user_id) references account_user (org_id, user_id) on delete cascade
);
create index invitation_by_expiry on invitation (expires_time);
