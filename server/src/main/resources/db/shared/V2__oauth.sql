-- Whether a user of an org may sign in and call the API; a user who is switched off keeps the grants.
alter table account_user add column active boolean not null default true;

-- Applications. Only hashes (SHA-256) of secrets, tokens, codes and cookies are stored here and below.
create table oauth_client (
  id            text primary key,               -- 1000.<30 capital letters and digits>
  secret_hash   bytea not null,
  type          text not null,                  -- server-based, client-based, mobile, self
  name          text not null,
  homepage      text not null,
  redirect_uris text[] not null,
  account_id    bigint references account (id) on delete cascade,  -- none: made on the command line
  created_time  timestamptz not null
);
create index oauth_client_by_account on oauth_client (account_id);

-- What a user allowed a client. With a refresh token it lasts until revoked, without one as long as its access token.
create table oauth_grant (
  id            bigint generated always as identity primary key,
  client_id     text not null references oauth_client (id) on delete cascade,
  org_id        bigint not null,
  user_id       bigint not null,
  scopes        text not null,                  -- parted by spaces
  refresh_hash  bytea unique,
  created_time  timestamptz not null,
  foreign key (org_id, user_id) references account_user (org_id, user_id) on delete cascade
);
create index oauth_grant_by_user on oauth_grant (org_id, user_id, client_id);
create index oauth_grant_by_client on oauth_grant (client_id);
create index oauth_grant_online on oauth_grant (created_time) where refresh_hash is null;

create table oauth_access_token (
  hash          bytea primary key,
  number        bigint generated always as identity,  -- the order they were given in
  grant_id      bigint not null references oauth_grant (id) on delete cascade,
  by_refresh    boolean not null,
  created_time  timestamptz not null,
  expires_time  timestamptz not null
);
create index oauth_access_token_by_grant on oauth_access_token (grant_id, number);
create index oauth_access_token_by_expiry on oauth_access_token (expires_time);

create table oauth_code (
  hash          bytea primary key,
  client_id     text not null references oauth_client (id) on delete cascade,
  org_id        bigint not null,
  user_id       bigint not null,
  scopes        text not null,
  offline       boolean not null,
  redirect_uri  text,                           -- none for codes of self clients
  challenge     text,                           -- PKCE
  challenge_method text,
  used_time     timestamptz,
  grant_id      bigint references oauth_grant (id) on delete set null,  -- what the code gave
  created_time  timestamptz not null,
  expires_time  timestamptz not null,
  foreign key (org_id, user_id) references account_user (org_id, user_id) on delete cascade
);
create index oauth_code_by_client on oauth_code (client_id, created_time);
create index oauth_code_by_user on oauth_code (org_id, user_id);
create index oauth_code_by_grant on oauth_code (grant_id);
create index oauth_code_by_expiry on oauth_code (expires_time);

-- Allows asking a user for more scopes for one grant (incremental authorization).
create table oauth_enhancement (
  hash          bytea primary key,
  grant_id      bigint not null references oauth_grant (id) on delete cascade,
  expires_time  timestamptz not null
);
create index oauth_enhancement_by_grant on oauth_enhancement (grant_id);
create index oauth_enhancement_by_expiry on oauth_enhancement (expires_time);

-- Browsers that are signed in.
create table sign_in_session (
  hash          bytea primary key,
  account_id    bigint not null references account (id) on delete cascade,
  created_time  timestamptz not null,
  expires_time  timestamptz not null
);
create index sign_in_session_by_account on sign_in_session (account_id);
create index sign_in_session_by_expiry on sign_in_session (expires_time);

-- How often somebody tried to sign in, by account and by address, in one window of time.
create table sign_in_attempt (
  key           text not null,
  window_start  timestamptz not null,
  attempts      integer not null,
  primary key (key, window_start)
);
create index sign_in_attempt_by_window on sign_in_attempt (window_start);
