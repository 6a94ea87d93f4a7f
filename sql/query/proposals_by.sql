-- How many proposals a resident handed in: in a tender, and at the office since an instant.
SELECT (SELECT count(*) FROM linli.bid b WHERE b.office_id = $1::integer AND b.tender_id = $2::uuid AND b.person_id = $3::uuid
        AND b.organisation_id IS NULL AND NOT EXISTS (SELECT FROM linli.behalf y WHERE y.office_id = b.office_id AND y.made = b.id)) AS here,
       (SELECT count(*) FROM linli.bid b WHERE b.office_id = $1::integer AND b.person_id = $3::uuid AND b.organisation_id IS NULL
        AND b.received >= $4::timestamptz AND NOT EXISTS (SELECT FROM linli.behalf y WHERE y.office_id = b.office_id AND y.made = b.id)) AS today
