-- A list, for the answer of an act on it and for its office while it is a draft.
SELECT l.id, l.year, l.title, l.state, l.edition, l.threshold_fen, l.published, l.closed, l.created,
       (SELECT count(*) FROM linli.list_entry e WHERE e.office_id = l.office_id AND e.list_id = l.id AND e.state <> 'dropped') AS entries,
       l.version AS _version
FROM linli.list l WHERE l.office_id = $1::integer AND l.id = $2::uuid
