SELECT s.locked, s.evaluated,
       (SELECT r.at FROM linli.panel_report r WHERE r.office_id = $1::integer AND r.lot_id = $2::uuid AND r.void IS NULL) AS reported
FROM (VALUES (1)) one(n)
LEFT JOIN linli.sitting s ON s.office_id = $1::integer AND s.lot_id = $2::uuid
