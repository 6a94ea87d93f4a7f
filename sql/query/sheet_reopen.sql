-- Approves the request; keeps what the sheet said.  What was marked blindly stays locked: its member knows by now whose bid it is.
WITH r AS (
    INSERT INTO linli.sheet_reopened (office_id, id, person_id, at, marks)
    SELECT $1::integer, $3::uuid, $4::uuid, $5::timestamptz,
           coalesce(jsonb_object_agg(k.criterion, jsonb_build_object('value', k.shown, 'reason', k.reason)), '{}'::jsonb)
    FROM linli.mark k WHERE k.office_id = $1::integer AND k.sheet_id = $2::uuid
    RETURNING id)
UPDATE linli.sheet s SET state = 'open', locked = NULL FROM r
WHERE s.office_id = $1::integer AND s.id = $2::uuid
