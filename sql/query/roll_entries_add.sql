-- The whole batch or, where a number or a person is there already, less rows than were given.
WITH n AS (
    INSERT INTO linli.roll_entry (office_id, roll_id, number, person_id, area)
    SELECT $1::integer, $2::uuid, x.number, nullif(x.person, '')::uuid, x.area
    FROM unnest($3::text[], $4::text[], $5::text[]) AS x(number, person, area)
    ON CONFLICT DO NOTHING
    RETURNING number),
r AS (UPDATE linli.roll SET size = size + (SELECT count(*) FROM n) WHERE office_id = $1::integer AND id = $2::uuid)
SELECT number FROM n
