-- The panels of an office by year, of those whose result was announced: no person is named.
SELECT y.year, (y.told ->> 'panels')::integer AS panels, (y.told ->> 'sittings')::integer AS sittings, (y.told ->> 'evaluators')::integer AS evaluators,
       (y.told ->> 'most')::integer AS most_sittings, (y.told ->> 'excused')::integer AS excused, (y.told ->> 'replaced')::integer AS replaced,
       (y.told ->> 'sat_out')::integer AS sat_out
FROM (SELECT x.year, linli.panels_told($1::integer, x.year) AS told
      FROM (SELECT DISTINCT date_part('year', n.published AT TIME ZONE 'Asia/Shanghai')::integer AS year FROM linli.notice n
            WHERE n.office_id = $1::integer AND n.kind = 'result') x) y
WHERE (y.told ->> 'panels')::integer > 0
ORDER BY y.year DESC LIMIT 1001
