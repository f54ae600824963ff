-- The roles of contacts in deals that every org begins with.
insert into setting (id, noun, api_name, position, body)
select nextval('id_sequence'), 'contact_role', role.name, role.place - 1, '{}'
from unnest(array[
  'Developer/Evaluator',
  'Decision Maker',
  'Executive Sponsor',
  'Engineering Lead',
  'Economic Decision Maker',
  'Product Management',
  'Purchasing'
]) with ordinality role (name, place);
