-- The highest number that an org ever had, which no new one gets.
create sequence org_number minvalue 1;
select setval('org_number', greatest(1000000, (select max(id) from org)));
