-- Meetings that were called off; the meeting itself stays as it is.
create table cancelled_event (
  event_id      bigint primary key,
  cancelled_by  bigint not null,
  cancelled_time timestamptz not null
);
