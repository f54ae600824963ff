-- Work that goes on after its request was answered; kept so that clients can ask how it went.
create table job (
  id            bigint primary key,
  kind          text not null,                  -- what runs it
  status        text not null,                  -- scheduled, running, completed, failed
  body          jsonb not null,                 -- what is to be done
  result        jsonb not null default '{}',    -- how far it is, and what came of it
  created_by    bigint not null,
  created_time  timestamptz not null default now(),
  finished_time timestamptz
);
create index job_by_time on job (created_time);
