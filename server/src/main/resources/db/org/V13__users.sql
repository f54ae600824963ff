-- Users may have a first name alone, and a deleted user's address may be given to a new one.
alter table crm_user alter column last_name drop not null;
drop index crm_user_email;
create unique index crm_user_email on crm_user (lower(email)) where status <> 'deleted';

-- When users are away.
create table user_unavailability (
  id            bigint primary key,
  user_id       bigint not null,
  from_time     timestamptz not null,
  to_time       timestamptz not null,
  comments      text,
  created_time  timestamptz not null default now(),
  modified_time timestamptz not null default now(),
  created_by    bigint not null,
  modified_by   bigint not null
);
create index user_unavailability_of on user_unavailability (user_id, from_time);
