-- One org. Its modules' own tables come when they are first written.
create sequence id_sequence as bigint start with ${firstId};

-- Nouns that are read whole into the org's metadata: modules, fields, layouts, views, related lists, profiles …
create table setting (
  id            bigint primary key,
  noun          text not null,
  parent_id     bigint,                         -- the module of a field, say
  api_name      text not null,                  -- unique within noun and parent, whatever the case
  position      integer not null default 0,
  body          jsonb not null,
  created_time  timestamptz not null default now(),
  modified_time timestamptz not null default now(),
  created_by    bigint,
  modified_by   bigint
);
create unique index setting_key on setting (noun, coalesce(parent_id, 0), lower(api_name));

create table role (
  id            bigint primary key,
  name          text not null,
  reports_to    bigint references role (id),
  share_with_peers boolean not null default false,
  body          jsonb not null default '{}',
  created_time  timestamptz not null default now(),
  modified_time timestamptz not null default now(),
  created_by    bigint,
  modified_by   bigint
);
create unique index role_name on role (lower(name));

create table crm_user (
  id            bigint primary key,
  email         text not null,
  first_name    text,
  last_name     text not null,
  full_name     text not null,
  role_id       bigint not null references role (id),
  profile_id    bigint not null,
  reporting_to  bigint references crm_user (id),
  status        text not null,                  -- active, inactive, deleted …
  confirmed     boolean not null default false,
  time_zone     text not null,
  body          jsonb not null default '{}',    -- the keys of the wire that nothing joins or filters
  created_time  timestamptz not null default now(),
  modified_time timestamptz not null default now(),
  created_by    bigint,
  modified_by   bigint
);
create unique index crm_user_email on crm_user (lower(email));

create table tag (
  id            bigint primary key,
  module_id     bigint not null,
  name          text not null,
  color_code    text,
  created_time  timestamptz not null default now(),
  modified_time timestamptz not null default now(),
  created_by    bigint,
  modified_by   bigint
);
create unique index tag_name on tag (module_id, lower(name));

-- What was deleted: out of the modules' tables, whole, until it is restored or its time is over.
create table deleted_record (
  id            bigint primary key,
  module_id     bigint not null,
  parent_id     bigint,                         -- the record whose deletion took this one along
  display_name  text,
  owner_id      bigint,
  created_by    bigint,
  created_time  timestamptz,
  deleted_by    bigint not null,
  deleted_time  timestamptz not null,
  permanent     boolean not null default false,
  body          jsonb not null                  -- the row of the module's table, column by column
);
create index deleted_record_by_time on deleted_record (module_id, deleted_time desc, id desc);
create index deleted_record_by_parent on deleted_record (parent_id) where parent_id is not null;
