-- The territory that all others are below; an org that is made later brings its own.
insert into territory (id, name, permission_type, description)
select nextval('id_sequence'), left(s.body ->> 'company_name', 50), 'read_only', 'The whole organization'
from setting s where s.noun = 'org' and s.body ->> 'company_name' is not null
and not exists (select from territory t where t.reporting_to is null);

-- Territories of records were documents that nothing could write; now they are ids that an index finds.
do $$
declare
  place record;
begin
  for place in
    select c.relname as module, a.attname as field
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = current_schema()::regnamespace
      and (c.relname, a.attname) in (
        ('leads', 'territories'), ('accounts', 'territories'), ('contacts', 'territories'), ('deals', 'territory'))
      and a.atttypid = 'jsonb'::regtype and not a.attisdropped
  loop
    execute format('alter table %I drop column %I', place.module, place.field);
    execute format(
      'alter table %I add column %I bigint[], add column %I jsonb',
      place.module, place.field, place.field || '_how');
    execute format(
      'create index on %I using gin (%I) where %I is not null', place.module, place.field, place.field);
  end loop;
end $$;
