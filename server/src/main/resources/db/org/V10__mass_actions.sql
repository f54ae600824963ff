-- The records that a job of a mass action is about, chosen when it was asked for; gone with its end.
create table job_record (
  job_id    bigint not null,
  record_id bigint not null,
  primary key (job_id, record_id)
);

-- What the recycle bin shows, newest first, and what has been in it for long enough.
create index deleted_record_in_bin on deleted_record (deleted_time, id) where not permanent;
create index deleted_record_gone on deleted_record (deleted_time) where permanent;
