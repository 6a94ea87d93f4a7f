UPDATE linli.list SET edition = edition + 1 WHERE office_id = $1::integer AND id = $2::uuid
