-- A permission has the same id in all profiles: that which Administrator has for it.
update setting s
set body = jsonb_set(s.body, '{permissions_details}', (
  select jsonb_agg(case when first.id is null then d.detail else d.detail || jsonb_build_object('id', first.id) end
                   order by d.place)
  from jsonb_array_elements(s.body -> 'permissions_details') with ordinality as d (detail, place)
  left join (
    select x ->> 'name' as name, x ->> 'id' as id
    from setting p, jsonb_array_elements(p.body -> 'permissions_details') as x
    where p.noun = 'profile' and p.api_name = 'Administrator') first on first.name = d.detail ->> 'name'))
where s.noun = 'profile' and s.api_name <> 'Administrator';

-- Custom modules have permissions of their own, given in the profiles that had the module.
create temporary table permission on commit drop as
select nextval('id_sequence')::text as id, w.place, w.word, m.api_name as module, m.body #> '{module,profiles}' as profiles,
       row_number() over (order by m.id, w.place) as sequence,
       'Crm_Implied_' || w.word || '_' || m.api_name
         || case when exists (
              select from setting p, jsonb_array_elements(p.body -> 'permissions_details') as x
              where p.noun = 'profile' and x ->> 'name' = 'Crm_Implied_' || w.word || '_' || m.api_name)
            then '__c' else '' end as name
from setting m,
     unnest(array['View', 'Create', 'Edit', 'Delete', 'Customize', 'Import', 'Export', 'Send_Mail', 'Mass_Email',
                  'MailMerge_Mail', 'Delete_Mail', 'Mass_Update', 'Mass_Delete', 'Change_Owner', 'Mass_Transfer',
                  'Share', 'Lock', 'Print_View', 'ZohoSheet_View', 'Tags', 'AccessTimeline', 'Merge'])
       with ordinality as w (word, place)
where m.noun = 'module' and m.body #>> '{module,generated_type}' = 'custom';

update setting s
set body = jsonb_set(s.body, '{permissions_details}', s.body -> 'permissions_details' || coalesce((
  select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'enabled',
           jsonb_exists(p.profiles, s.api_name)
           and (p.place <= 4 or exists (
                  select from jsonb_array_elements(s.body -> 'permissions_details') as x
                  where x ->> 'name' = 'Crm_Implied_' || p.word || '_Leads' and (x -> 'enabled')::boolean)))
         order by p.sequence)
  from permission p), '[]'))
where s.noun = 'profile';
