-- Users taken together; the sources of a group can be other groups.
create table user_group (
  id            bigint primary key,
  name          text not null,
  description   text,
  created_time  timestamptz not null default now(),
  modified_time timestamptz not null default now(),
  created_by    bigint,
  modified_by   bigint
);
create unique index user_group_name on user_group (lower(name));
create table user_group_source (
  group_id      bigint not null references user_group (id) on delete cascade,
  type          text not null,                  -- users, roles, groups, territories
  source_id     bigint not null,
  subordinates  boolean not null default false, -- with the roles or territories below
  primary key (group_id, type, source_id)
);

create table territory (
  id            bigint primary key,
  name          text not null,
  reporting_to  bigint references territory (id),
  manager_id    bigint,
  permission_type text not null,                -- read_only, read_write_delete
  description   text,
  body          jsonb not null default '{}',    -- the criteria that assign records, by their key on the wire
  created_time  timestamptz not null default now(),
  modified_time timestamptz not null default now(),
  created_by    bigint,
  modified_by   bigint
);
create unique index territory_name on territory (lower(name));
create table territory_user (
  territory_id  bigint not null references territory (id) on delete cascade,
  user_id       bigint not null,
  primary key (territory_id, user_id)
);

-- Records that were shared one by one.
create table record_share (
  record_id     bigint not null,
  module_id     bigint not null,
  type          text not null,                  -- users, roles, groups, public
  grantee_id    bigint not null,                -- the user, role or group; 0 for all users
  permission    text not null,                  -- read_only, read_write, full_access
  related       boolean not null default false, -- with the records of its related lists
  shared_by     bigint not null,
  shared_time   timestamptz not null,
  primary key (record_id, grantee_id)
);
create index record_share_of on record_share (grantee_id, module_id, record_id);
