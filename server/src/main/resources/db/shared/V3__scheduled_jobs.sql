-- Which jobs of all orgs wait to be run, and which server runs them now (db-scheduler's table).
-- The jobs themselves are rows of each org's table job.
create table scheduled_job (
  task_name            text not null,
  task_instance        text not null,           -- <org>-<id of the job>
  task_data            bytea,
  execution_time       timestamptz not null,
  picked               boolean not null,
  picked_by            text,
  last_success         timestamptz,
  last_failure         timestamptz,
  consecutive_failures integer,
  last_heartbeat       timestamptz,             -- a server that does not beat any more is dead: another takes the job
  version              bigint not null,
  priority             smallint,
  primary key (task_name, task_instance)
);
create index scheduled_job_by_time on scheduled_job (execution_time);
create index scheduled_job_by_heartbeat on scheduled_job (last_heartbeat);
