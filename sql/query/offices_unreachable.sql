-- Across offices: whose statutory procurement goes on, and whose notices do not say where it is or whom to ask.
SELECT count(*) AS count, coalesce(string_agg(o.office_id || ' ' || o.name, ', ' ORDER BY o.office_id) FILTER (WHERE o.no <= 10), '') AS names
FROM (SELECT o.office_id, o.name, row_number() OVER (ORDER BY o.office_id) AS no
      FROM linli.office o
      WHERE num_nulls(o.address, o.contact_person, o.phone) > 0
        AND EXISTS (SELECT FROM linli.tender t WHERE t.office_id = o.office_id AND t.regime = 'statutory'
                    AND t.state NOT IN ('void', 'cancelled', 'closed'))) o
