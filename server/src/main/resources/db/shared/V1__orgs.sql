-- The small schema all orgs share. Everything else lies in a schema per org.
create table org (
  id               bigint primary key,          -- the org's number: the first digits of every id in it (zgid)
  name             text not null,
  schema_name      text not null unique,
  schema_version   integer not null,            -- the newest db/org migration that ran on it
  metadata_version bigint not null default 1,   -- counts up with every change of its metadata
  created_time     timestamptz not null default now()
);

-- Keys this installation made for itself: what signs page tokens, for one.
create table secret (
  name  text primary key,
  value bytea not null
);

-- Who may sign in, once for all orgs.
create table account (
  id            bigint generated always as identity primary key,
  email         text not null,
  password_hash text,                           -- Argon2id in PHC form; none until the user chose a password
  created_time  timestamptz not null default now()
);
create unique index account_email on account (lower(email));

-- Which user of which org an account is.
create table account_user (
  account_id bigint not null references account (id) on delete cascade,
  org_id     bigint not null references org (id) on delete cascade,
  user_id    bigint not null,
  primary key (account_id, org_id),
  unique (org_id, user_id)
);
