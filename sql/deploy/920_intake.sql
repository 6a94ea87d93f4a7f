-- Deploy linli:920_intake to pg
-- The one door for bids: many in one call, each judged by itself.
BEGIN;
SET LOCAL search_path = linli;

-- Takes the bids of one turn of a server's loop and gives a status for each; a bid that does not fit is a
-- status, never an error, so that it cannot harm its neighbours.  Nothing that an actor of 910 can read is
-- changed but bid, upload, idempotency and event_queue.
--
-- The caller sees to it that no two rows of a call are about the same bidder and lot, or carry the same key.
-- most_here, most_today: proposals of one resident in a tender, and at an office in a day.
-- proof: 'token' or 'session' (then csrf must be the session's).  at: arrival of the last byte, legal time.
--
-- status: '' written, answer is the receipt; 'replay' answer is the one given before; 'again' somebody holds a
-- lock for a moment, ask again; else the type of a problem.
CREATE FUNCTION bid_intake(
    ids uuid[], event_ids uuid[], salts text[], proofs text[], hashes text[], csrfs text[], keys text[],
    requests text[], offices integer[], tenders uuid[], lots integer[], organisations uuid[], digests text[],
    sizes bigint[], ats timestamptz[], real_now timestamptz, day date, most_here integer, most_today integer)
RETURNS TABLE (no integer, status text, answer text, received text, due text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = linli, pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_bitmapscan = off SET jit = off AS $$
DECLARE
    open_tenders uuid[];
    judged record;
    fit integer[] := '{}';
    statuses text[];
    arrivals text[];
    dues text[];
    answers text[];
    persons uuid[];
    seals boolean[];
    bidder_keys text[];
    registered text[];
    laters uuid[];
    before bigint;
    after uuid;
    versions bigint[];
    replaced boolean := false;
BEGIN
    -- Shared with other bids, against the closer, which takes it alone; in order, and never waiting for it.
    SELECT coalesce(array_agg(t), '{}') INTO open_tenders
    FROM (SELECT DISTINCT x AS t FROM unnest(tenders) x ORDER BY x) d
    WHERE pg_try_advisory_xact_lock_shared(hashtextextended(d.t::text, 23));

    -- One index look-up a row and table, whatever the statistics say: OFFSET 0 keeps the planner from joining otherwise, and one
    -- plan serves for ever (planning these joins again would cost more than running them).
    FOR judged IN
        WITH asked AS (
            SELECT * FROM unnest(ids, proofs, hashes, csrfs, keys, requests, offices, tenders, lots, organisations,
                                 digests, sizes, ats)
                 WITH ORDINALITY AS a(id, proof, hash, csrf, key, request, office_id, tender_id, lot_no, organisation_id,
                                      digest, size, at, n)
        )
        SELECT a.n::integer AS n, p.id AS person_id, t.sealing <> 'open_bids' AS sealed, i.answer AS old_answer, t.most_bids, encode(substr(f.sealed, 47, 32), 'hex') AS bidder_key,
               CASE WHEN f.sealed IS NOT NULL THEN linli.key_then(a.organisation_id, substr(f.sealed, 47, 32), a.at) END AS registered,
               replace(to_char(a.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '.000000', '') AS received,
               replace(to_char(t.deadline AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '.000000', '') AS due,
               CASE
               WHEN p.id IS NULL THEN 'auth/unknown'
               WHEN a.proof = 'session' AND s.csrf <> a.csrf THEN 'auth/origin'
               WHEN NOT pg_try_advisory_xact_lock(hashtextextended(p.id::text || '/' || a.key, 20)) THEN 'idempotency/in-progress'
               WHEN i.key IS NOT NULL AND i.request_hash <> decode(a.request, 'hex') THEN 'idempotency/other-body'
               WHEN i.key IS NOT NULL THEN 'replay'
               WHEN t.id IS NULL OR t.state = 'draft' THEN 'tender/absent'
               WHEN a.organisation_id IS NOT NULL AND NOT EXISTS (
                   SELECT FROM held(p.id, day, p.strong) h JOIN role r ON r.code = h.role
                   WHERE h.organisation_id = a.organisation_id AND (p.roles = 0 OR p.roles >> r.bit & 1 = 1)) THEN 'bid/not-yours'
               WHEN a.organisation_id IS NULL AND (NOT EXISTS (
                   SELECT FROM held(p.id, day, p.strong) h JOIN role r ON r.code = h.role
                   WHERE h.office_id = a.office_id AND h.role = 'resident' AND (p.roles = 0 OR p.roles >> r.bit & 1 = 1))
                   OR NOT EXISTS (SELECT 1 FROM jsonb_array_elements(t.plan -> 'phases') f
                                  WHERE f ->> 'code' = l.phase AND f -> 'may' -> 'resident' ? 'submit')) THEN 'bid/not-entitled'
               WHEN t.state = 'published' THEN 'bid/before-opening'
               WHEN t.state <> 'bidding' OR a.at >= t.deadline THEN 'bid/after-deadline'
               WHEN l.no IS NULL THEN 'lot/absent'
               WHEN l.state IN ('void', 'cancelled') THEN 'bid/lot-ended'
               WHEN t.plan ->> 'entry' = 'invited' AND NOT EXISTS (SELECT 1 FROM invitation v WHERE v.office_id = a.office_id
                   AND v.tender_id = a.tender_id AND v.organisation_id = a.organisation_id AND v.invited) THEN 'bid/uninvited'
               WHEN f.bytes IS NULL THEN 'blob/absent'
               WHEN f.bytes <> a.size THEN 'blob/mismatch'
               WHEN f.sealed IS NULL AND t.must_seal THEN 'bid/not-sealed'
               WHEN f.sealed IS NULL AND f.type NOT LIKE 'text/%' AND f.type NOT LIKE '%json' THEN 'bid/unreadable'
               WHEN f.sealed IS NOT NULL AND (t.openers IS NULL OR substr(f.sealed, 79, 32) <> t.openers
                   OR substr(f.sealed, 15, 16) <> uuid_send(a.tender_id) OR substr(f.sealed, 31, 16) NOT IN (uuid_send(l.id), decode(repeat('00', 16), 'hex')))
                   THEN 'bid/other-openers'
               WHEN f.sealed IS NOT NULL AND t.sealing = 'two_envelopes' AND get_byte(f.sealed, 12) <> 4 THEN 'bid/not-technical'
               WHEN get_byte(f.sealed, 12) = 0 AND t.co_key_minutes IS NOT NULL THEN 'bid/no-co-key'
               WHEN get_byte(f.sealed, 12) <> CASE WHEN t.co_key_minutes IS NULL THEN 0 ELSE 1 END AND t.sealing <> 'two_envelopes' THEN 'bid/not-whole'
               WHEN f.sealed IS NOT NULL AND linli.key_then(a.organisation_id, NULL, a.at) IS NOT NULL
                   AND linli.key_then(a.organisation_id, substr(f.sealed, 47, 32), a.at) IS NULL THEN 'bid/other-key'
               WHEN a.tender_id <> ALL (open_tenders) THEN 'again'
               WHEN NOT pg_try_advisory_xact_lock(hashtextextended(
                   coalesce(a.organisation_id || '/' || a.tender_id || '/' || CASE WHEN t.most_bids IS NULL THEN a.lot_no ELSE 0 END,
                       p.id || '/' || a.office_id), 24)) THEN 'again'
               ELSE '' END AS status
        FROM asked a
        LEFT JOIN LATERAL (SELECT k.person_id, k.roles, k.strong FROM token k WHERE a.proof = 'token' AND k.hash = decode(a.hash, 'hex')
            AND k.expires > real_now AND k.revoked IS NULL OFFSET 0) k ON true
        LEFT JOIN LATERAL (SELECT s.person_id, s.csrf, s.strong FROM session s WHERE a.proof = 'session' AND s.hash = decode(a.hash, 'hex')
            AND s.expires > real_now OFFSET 0) s ON true
        LEFT JOIN LATERAL (SELECT p.id, coalesce(k.roles, 0) AS roles, coalesce(k.strong, s.strong) AS strong FROM person p
            WHERE p.id = coalesce(k.person_id, s.person_id) AND NOT p.blocked OFFSET 0) p ON true
        LEFT JOIN LATERAL (SELECT i.key, i.request_hash, i.answer FROM idempotency i WHERE i.actor = p.id::text AND i.key = a.key OFFSET 0) i ON true
        LEFT JOIN LATERAL (SELECT t.id, t.state, t.sealing, t.deadline, t.plan, t.most_bids, t.openers, t.must_seal, t.co_key_minutes FROM tender t WHERE t.office_id = a.office_id AND t.id = a.tender_id OFFSET 0) t ON true
        LEFT JOIN LATERAL (SELECT l.no, l.phase, l.state, l.id FROM lot l WHERE l.office_id = a.office_id AND l.tender_id = a.tender_id AND l.no = a.lot_no
            OFFSET 0) l ON true
        LEFT JOIN LATERAL (SELECT f.bytes, f.sealed, f.type FROM upload u JOIN blob f ON f.sha256 = u.sha256 WHERE u.sha256 = decode(a.digest, 'hex')
            AND u.person_id = p.id AND (u.used OR u.at >= real_now - interval '24 hours') OFFSET 0) f ON true
        ORDER BY a.n
    LOOP
        statuses[judged.n] := judged.status;
        arrivals[judged.n] := judged.received;
        dues[judged.n] := judged.due;
        answers[judged.n] := judged.old_answer;
        persons[judged.n] := judged.person_id;
        seals[judged.n] := judged.sealed;
        bidder_keys[judged.n] := judged.bidder_key;
        registered[judged.n] := judged.registered;
        -- Counted under the bidder's lock and with a snapshot of its own, so that two at once are one too many.
        IF judged.status = '' AND judged.most_bids IS NOT NULL AND judged.most_bids <= (
            SELECT count(DISTINCT x.lot_no) FROM (
                SELECT b.lot_no FROM bid b WHERE b.office_id = offices[judged.n] AND b.tender_id = tenders[judged.n]
                   AND b.organisation_id = organisations[judged.n] AND b.withdrawn IS NULL AND b.replaced_by IS NULL
                UNION ALL SELECT lots[e] FROM unnest(fit) AS e
                 WHERE tenders[e] = tenders[judged.n] AND organisations[e] = organisations[judged.n]) x WHERE x.lot_no <> lots[judged.n]) THEN
            statuses[judged.n] := 'bid/limit';
        END IF;
        IF judged.status = '' AND organisations[judged.n] IS NULL AND (
            most_here <= (SELECT count(*) FROM bid b WHERE b.office_id = offices[judged.n] AND b.tender_id = tenders[judged.n]
                AND b.person_id = judged.person_id AND b.organisation_id IS NULL)
                + (SELECT count(*) FROM unnest(fit) AS e WHERE tenders[e] = tenders[judged.n] AND persons[e] = judged.person_id AND organisations[e] IS NULL)
            OR most_today <= (SELECT count(*) FROM bid b WHERE b.office_id = offices[judged.n] AND b.person_id = judged.person_id
                AND b.organisation_id IS NULL AND b.received >= day::timestamp AT TIME ZONE 'Asia/Shanghai')
                + (SELECT count(*) FROM unnest(fit) AS e WHERE offices[e] = offices[judged.n] AND persons[e] = judged.person_id AND organisations[e] IS NULL)) THEN
            statuses[judged.n] := 'bid/limit';
        END IF;
        IF statuses[judged.n] = '' THEN
            fit := fit || judged.n;
        END IF;
        -- What arrived later may be written earlier: the order of arrival counts, that of the log where two came in the same microsecond.
        -- Under the bidder's lock and with a snapshot of its own.
        IF statuses[judged.n] = '' AND organisations[judged.n] IS NOT NULL THEN
            SELECT count(*) FILTER (WHERE NOT x.later), (array_agg(x.id ORDER BY x.received) FILTER (WHERE x.later))[1] INTO before, after
            FROM (SELECT b.id, b.received, b.received > ats[judged.n] OR (b.received = ats[judged.n] AND (SELECT e.id FROM event_queue e
                      WHERE e.office_id = b.office_id AND e.subject = b.id AND e.act = 'bid_submit') > event_ids[judged.n]) AS later
                  FROM bid b WHERE b.office_id = offices[judged.n] AND b.tender_id = tenders[judged.n] AND b.lot_no = lots[judged.n]
                   AND b.organisation_id = organisations[judged.n]) x;
            versions[judged.n] := before + 1;
            laters[judged.n] := after;
            replaced := replaced OR before > 0;
        END IF;
    END LOOP;

    -- That another handed in the same is no matter of the intake, which may not tell of it: each bid says whose it is.
    IF cardinality(fit) > 0 THEN
        UPDATE upload u SET used = true
        FROM (SELECT l.sha256, l.person_id FROM unnest(fit) AS x(n)
              JOIN LATERAL (SELECT u.sha256, u.person_id FROM upload u WHERE u.sha256 = decode(digests[x.n], 'hex')
                  AND u.person_id = persons[x.n] AND NOT u.used OFFSET 0) l ON true
              ORDER BY 1, 2) brought
        WHERE u.sha256 = brought.sha256 AND u.person_id = brought.person_id AND NOT u.used;
    END IF;

    FOR i IN 1 .. cardinality(ids) LOOP
        IF statuses[i] = '' THEN
            answers[i] := '{"id":"' || ids[i] || '","tender":"' || tenders[i] || '","lot":' || lots[i] || ',"received":"'
                || arrivals[i] || '","deadline":"' || dues[i] || '","sha256":"' || digests[i]
                || coalesce('","bidder_key":"' || bidder_keys[i], '') || '"' || CASE WHEN versions[i] > 1 THEN ',"version":' || versions[i] ELSE '' END || '}';
        END IF;
        no := i;
        status := statuses[i];
        received := arrivals[i];
        due := dues[i];
        answer := answers[i];
        RETURN NEXT;
    END LOOP;
    -- What was taken in before may wait for the standby still: writing makes this commit wait for it as well.
    IF 'replay' = ANY (statuses) THEN
        PERFORM pg_logical_emit_message(true, 'linli', '');
    END IF;
    IF cardinality(fit) = 0 THEN
        RETURN;
    END IF;

    IF replaced THEN
        UPDATE bid b SET state = 'replaced', replaced_by = ids[x.n]
        FROM unnest(fit) AS x(n)
        WHERE b.office_id = offices[x.n] AND b.tender_id = tenders[x.n] AND b.lot_no = lots[x.n]
          AND b.organisation_id = organisations[x.n] AND b.withdrawn IS NULL AND b.replaced_by IS NOT DISTINCT FROM laters[x.n];
    END IF;
    WITH b AS (
        INSERT INTO bid (office_id, id, tender_id, lot_no, organisation_id, person_id, sha256, bytes, received, replaced_by, state)
        SELECT offices[n], ids[n], tenders[n], lots[n], organisations[n], persons[n], decode(digests[n], 'hex'), sizes[n], ats[n],
               laters[n], CASE WHEN laters[n] IS NULL THEN 'sealed' ELSE 'replaced' END
        FROM unnest(fit) AS x(n)
    ), i AS (
        INSERT INTO idempotency (actor, key, office_id, request_hash, status, answer, subject, keep, at)
        SELECT persons[n]::text, keys[n], offices[n], decode(requests[n], 'hex'), 201, answers[n], ids[n]::text, true, real_now
        FROM unnest(fit) AS x(n)
    )
    INSERT INTO event_queue (office_id, id, at, actor, role, act, subject_kind, subject, tender_id, sealed, salt, payload)
    SELECT offices[n], event_ids[n], ats[n], persons[n], CASE WHEN organisations[n] IS NULL THEN 'resident' ELSE 'organisation' END,
           'bid_submit', 'bid', ids[n], tenders[n], seals[n], decode(salts[n], 'hex'),
           '{"bytes":' || sizes[n] || coalesce(',"key":"' || registered[n] || '"', '') || ',"lot":' || lots[n] || ',"organisation":'
               || coalesce('"' || organisations[n] || '"', 'null') || ',"sha256":"' || digests[n] || '"}'
    FROM unnest(fit) AS x(n);
END $$;

REVOKE ALL ON FUNCTION bid_intake(uuid[], uuid[], text[], text[], text[], text[], text[], text[], integer[], uuid[], integer[],
    uuid[], text[], bigint[], timestamptz[], timestamptz, date, integer, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION bid_intake(uuid[], uuid[], text[], text[], text[], text[], text[], text[], integer[], uuid[], integer[],
    uuid[], text[], bigint[], timestamptz[], timestamptz, date, integer, integer) TO linli_intake;
COMMIT;
