-- How far each part of an import from elsewhere is; written with the rows it is about.
create table import_step (
  source        text not null,                  -- where from: an address or a file
  step          text not null,                  -- what: a module, the photos of one …
  part          integer not null,               -- the file of the module that is read now
  line          bigint not null,                -- its last row that was taken, or the last id
  read          bigint not null,
  added         bigint not null,
  there         bigint not null,                -- that the org had already
  refused       bigint not null,
  lost          bigint not null,                -- values that could not be taken
  finished      boolean not null,
  primary key (source, step)
);

-- What could not be taken, for the report.
create table import_problem (
  id            bigint generated always as identity primary key,
  source        text not null,
  step          text not null,
  record        text not null,
  field         text not null,
  value         text not null,
  reason        text not null
);
create index import_problem_of on import_problem (source, step);
