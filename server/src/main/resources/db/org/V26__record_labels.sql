-- The labels that records carry in "$rules", each with its records in the order of their ids: lists begin with these.
create table record_label (
  label_id      bigint not null,
  record_id     bigint not null,
  primary key (label_id, record_id)
);
create index record_label_record on record_label (record_id);

do $$
declare
  labelled text;
begin
  for labelled in
    select format('%I.%I', c.table_schema, c.table_name) from information_schema.columns c
    where c.table_schema = current_schema() and c.column_name = '$rules'
  loop
    execute 'insert into record_label select unnest("$rules"), "id" from ' || labelled;
  end loop;
end $$;
