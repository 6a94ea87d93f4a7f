-- Every edition of a published list, with the entries as they stood.
SELECT n.edition, n.at, n.reason, n.entries FROM linli.list_edition n
WHERE n.office_id = $1::integer AND n.list_id = $2::uuid
ORDER BY n.edition
