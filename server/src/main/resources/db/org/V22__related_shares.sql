-- What was shared with its related lists is asked for with each list of what looks it up, and is rare.
create index record_share_related on record_share (grantee_id, record_id) where related;
