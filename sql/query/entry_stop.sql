-- Entries that the negative list of the office, or of one above it, forbids.
UPDATE linli.list_entry e SET state = 'stopped', stopped_by = n.reason
FROM linli.negative n
WHERE e.office_id = $1::integer AND e.list_id = $2::uuid AND e.state = 'planned'
  AND n.office_id IN (SELECT unnest(o.path) FROM linli.office o WHERE o.office_id = $1::integer)
  AND starts_with(e.catalogue_code, n.code)
