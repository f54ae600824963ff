-- What clients uploaded or linked, and the record it belongs to. Several may have one content.
create table file (
  id            text primary key,               -- what clients know it by; not to be guessed
  sha256        text,                           -- its content, in the file store; none of a link
  link_url      text,
  size          bigint not null,
  name          text not null,
  content_type  text not null,
  module_id     bigint,                         -- of the record; none until the file is used
  record_id     bigint,                         -- who may see the record may see the file
  place_id      bigint,                         -- the record's field or attachment that has it
  created_by    bigint not null,
  created_time  timestamptz not null
);
create index file_by_sha256 on file (sha256) where sha256 is not null;
create index file_by_record on file (record_id) where record_id is not null;
create index file_unused on file (created_time) where record_id is null;

-- The contents in the file store.
create table blob (
  sha256        text primary key,
  size          bigint not null,
  check_time    timestamptz                     -- since when it may be without a file; none: it has one
);
create index blob_to_check on blob (check_time) where check_time is not null;
