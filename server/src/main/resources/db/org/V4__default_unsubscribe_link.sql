-- The unsubscribe link that every org has, also one made before there were such links.
insert into setting (id, noun, api_name, body)
select
  nextval('id_sequence'),
  'unsubscribe_link',
  'Default',
  '{"page_type": "standard", "custom_location_url": "", "standard_page_message": null,
    "submission_action_type": "display_message", "submission_redirect_url": "", "submission_message": ""}'
where not exists
  (select from setting where noun = 'unsubscribe_link' and lower(api_name) = 'default');
