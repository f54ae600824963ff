-- What is told of each row of a bulk write, until all of them are written.
create table bulk_write_piece (
  job_id   bigint not null,
  resource integer not null,
  piece    integer not null,
  lines    text not null,                         -- of the result, as CSV
  ids      bigint[] not null,                     -- the record of each row; 0 for none
  primary key (job_id, resource, piece)
);
