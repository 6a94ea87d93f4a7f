-- Deploy linli:820_erasure to pg
-- Personal data that nobody has a right or duty to keep any more is erased (个人信息保护法 §47).  The log is not touched: an entry commits to a
-- salted digest, and without salt and text nobody finds out of what.
BEGIN;
SET LOCAL search_path = linli;

-- How long what must be kept.
CREATE TABLE retention (kind text PRIMARY KEY, years integer NOT NULL CHECK (years > 0), source text NOT NULL);
INSERT INTO retention VALUES ('procurement', 15, '政府采购法 §42');

CREATE TABLE erasure (
    id uuid PRIMARY KEY, person_id uuid NOT NULL REFERENCES person,
    ground  text NOT NULL CHECK (ground IN ('request', 'purpose_ended', 'period_over', 'unlawful')), reason text NOT NULL,
    asked   timestamptz NOT NULL, asked_by uuid NOT NULL REFERENCES person,
    state   text NOT NULL CHECK (state IN ('asked', 'done', 'refused')),
    decided timestamptz, decided_by uuid REFERENCES person, note text,
    events  bigint, kept bigint, named boolean,          -- events erased; events of tenders, kept; whether the name had to stay
    CHECK ((state = 'asked') = (decided_by IS NULL)), CHECK (decided_by <> asked_by)
);
CREATE UNIQUE INDEX erasure_open ON erasure (person_id) WHERE state = 'asked';

-- What a resident proposed itself, once the tender is over for good, and nothing came of it: what was funded rests on its proposal, and
-- what came over the counter is the sender's, whoever typed it in.
CREATE FUNCTION own_proposals(person uuid) RETURNS TABLE (office_id integer, id uuid) LANGUAGE sql STABLE AS $$
    SELECT b.office_id, b.id FROM linli.bid b JOIN linli.tender t ON t.office_id = b.office_id AND t.id = b.tender_id
    WHERE b.person_id = person AND b.organisation_id IS NULL AND t.sealing = 'open_bids' AND t.state IN ('closed', 'void', 'cancelled')
      AND NOT EXISTS (SELECT FROM linli.award w WHERE w.office_id = b.office_id AND w.bid_id = b.id AND w.state NOT IN ('withdrawn', 'refused'))
      AND NOT EXISTS (SELECT FROM linli.behalf y WHERE y.office_id = b.office_id AND y.made = b.id)
$$;

-- The events that are about a person alone: what it said of itself, its account, its place in a pool, files it added to what belongs to no
-- tender; what it proposed, with its files; and that it voted, once the vote is over for good: what the result rests on are ballots without names.
CREATE FUNCTION personal_events(person uuid) RETURNS TABLE (office_id integer, id uuid) LANGUAGE sql STABLE AS $$
    SELECT q.office_id, q.id FROM linli.event_queue q
    WHERE q.tender_id IS NULL AND q.erasure IS NULL AND q.act NOT LIKE 'erasure\_%'
      AND (q.subject = person
           OR q.actor = person AND (q.act IN ('relation_declare', 'relation_end') OR q.act LIKE 'need\_%')
           OR q.actor = person AND q.act = 'attachment_create'
           OR q.act LIKE 'expert\_%' AND q.subject IN (SELECT x.id FROM linli.expert x WHERE x.person_id = person))
    UNION
    SELECT q.office_id, q.id FROM linli.event_queue q JOIN linli.tender t ON t.office_id = q.office_id AND t.id = q.tender_id
    WHERE q.actor = person AND q.act = 'ballot_cast' AND q.erasure IS NULL AND t.state IN ('closed', 'void', 'cancelled')
    UNION
    SELECT q.office_id, q.id FROM linli.own_proposals(person) o JOIN linli.event_queue q ON q.office_id = o.office_id AND q.subject = o.id
    WHERE q.actor = person AND q.act IN ('proposal_create', 'bid_withdraw', 'bid_requote') AND q.erasure IS NULL
    UNION
    SELECT q.office_id, q.id FROM linli.own_proposals(person) o
    JOIN linli.attachment x ON x.office_id = o.office_id AND x.object_kind = 'bid' AND x.object_id = o.id AND x.side = 'person:' || person
    JOIN linli.event_queue q ON q.office_id = x.office_id AND q.subject = x.id
    WHERE q.actor = person AND q.act = 'attachment_create' AND q.erasure IS NULL
$$;

-- Why nothing may be erased yet; NULL: nothing bars it.
CREATE FUNCTION erasure_barred(person uuid, at timestamptz) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = linli, pg_temp AS $$
    SELECT CASE
        WHEN EXISTS (SELECT FROM membership m WHERE m.person_id = person AND (m.valid_until IS NULL OR m.valid_until >= (at AT TIME ZONE 'Asia/Shanghai')::date)) THEN 'role'
        WHEN EXISTS (SELECT FROM posts_held(person, (at AT TIME ZONE 'Asia/Shanghai')::date)) THEN 'post'
        WHEN EXISTS (SELECT FROM expert e WHERE e.person_id = person AND e.gone IS NULL) THEN 'pool'
        WHEN EXISTS (SELECT FROM panel_member p JOIN lot l ON l.office_id = p.office_id AND l.id = p.lot_id
                     WHERE p.person_id = person AND p.state IN ('assigned', 'present') AND l.state NOT IN ('closed', 'void', 'cancelled', 'contracted', 'delivering')) THEN 'panel'
        WHEN EXISTS (SELECT FROM log_entry) AND EXISTS (
            SELECT FROM personal_events(person) e LEFT JOIN log_entry n ON n.office_id = e.office_id AND n.event_id = e.id WHERE n.idx IS NULL) THEN 'log' END
$$;

-- Erases what two people agreed on: no row of it is found out of by another road.  Gives the entries of the log whose salt and text are gone.
CREATE FUNCTION erase(what uuid, who uuid, at timestamptz) RETURNS bigint[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = linli, pg_temp AS $$
DECLARE
    e erasure; n_erased bigint; n_kept bigint; stays boolean; why text; gone bigint[]; files bytea[];
BEGIN
    SELECT * INTO e FROM erasure x WHERE x.id = what FOR UPDATE;
    IF NOT FOUND OR e.state <> 'asked' OR e.asked_by = who THEN
        RAISE EXCEPTION 'approval/missing' USING ERRCODE = 'LD001', DETAIL = 'nobody else has asked for this', HINT = '须由另一人申请，且尚未决定';
    END IF;
    why := erasure_barred(e.person_id, at);
    IF why IS NOT NULL THEN
        RAISE EXCEPTION 'erasure/retained' USING ERRCODE = 'LD001', DETAIL = format('still needed: %s', why), HINT = format('仍在使用：%s', why);
    END IF;
    UPDATE event_queue q SET salt = NULL, payload = NULL, erasure = what
    FROM personal_events(e.person_id) x WHERE q.office_id = x.office_id AND q.id = x.id;
    GET DIAGNOSTICS n_erased = ROW_COUNT;
    -- What it did in tenders is kept for as long as the law says, and so is who it was.
    -- From the end of the procurement, that is its last event (政府采购法 §42).
    SELECT count(*) INTO n_kept FROM event_queue q WHERE q.actor = e.person_id AND q.tender_id IS NOT NULL AND q.erasure IS NULL;
    SELECT EXISTS (
        SELECT FROM (SELECT q.office_id, q.tender_id FROM event_queue q WHERE q.actor = e.person_id AND q.tender_id IS NOT NULL AND q.erasure IS NULL
                     UNION SELECT l.office_id, l.tender_id FROM panel_member m JOIN lot l ON l.office_id = m.office_id AND l.id = m.lot_id
                           WHERE m.person_id = e.person_id) part
        JOIN event_queue q ON q.office_id = part.office_id AND q.tender_id = part.tender_id, retention r
        WHERE r.kind = 'procurement' AND q.at > erase.at - make_interval(years => r.years)) INTO stays;
    SELECT coalesce(array_agg(l.idx ORDER BY l.idx), '{}') INTO gone
    FROM event_queue q JOIN log_entry l ON l.office_id = q.office_id AND l.event_id = q.id WHERE q.erasure = what;
    DELETE FROM relation x WHERE x.person_id = e.person_id;
    UPDATE roll_entry x SET person_id = NULL WHERE x.person_id = e.person_id;
    UPDATE ballot x SET entered_by = NULL WHERE x.entered_by = e.person_id AND x.source = 'online';
    -- Of a proposal stays what the vote was about: that there was one, its key and its fields.
    UPDATE bid b SET content = b.content - 'body' - 'place' - 'beneficiaries' - 'proposer' || '{"title": "（已删除）"}'
    FROM own_proposals(e.person_id) o WHERE b.office_id = o.office_id AND b.id = o.id;
    -- Files of its own beside what is its own, and its papers, whoever added them; nobody else's copy of the same bytes goes.
    WITH mine AS (
        DELETE FROM attachment x WHERE x.side = 'person:' || e.person_id AND x.object_kind IN ('need', 'person')
            OR x.object_kind = 'person' AND x.object_id = e.person_id
            OR x.side = 'person:' || e.person_id AND x.object_kind = 'bid' AND (x.office_id, x.object_id) IN (SELECT o.office_id, o.id FROM own_proposals(e.person_id) o)
            RETURNING x.sha256, x.added_by),
         brought AS (DELETE FROM upload u USING mine m WHERE u.sha256 = m.sha256 AND u.person_id = m.added_by)
    SELECT array_agg(DISTINCT m.sha256) INTO files FROM mine m;
    DELETE FROM upload u WHERE u.person_id = e.person_id AND u.sha256 = ANY (files);
    UPDATE blob b SET used = false
    WHERE b.sha256 = ANY (files) AND NOT EXISTS (SELECT FROM attachment x WHERE x.sha256 = b.sha256)
      AND NOT EXISTS (SELECT FROM certificate c WHERE c.sha256 = b.sha256)
      AND NOT EXISTS (SELECT FROM bank_file f WHERE f.sha256 = b.sha256)
      AND NOT EXISTS (SELECT FROM bid d WHERE d.sha256 = b.sha256 OR d.price_sha256 = b.sha256)
      AND NOT EXISTS (SELECT FROM upload u WHERE u.sha256 = b.sha256 AND u.used);
    DELETE FROM recovery_code x WHERE x.person_id = e.person_id;
    DELETE FROM second_factor x WHERE x.person_id = e.person_id;
    DELETE FROM login_link x WHERE x.person_id = e.person_id;
    DELETE FROM idempotency i WHERE i.actor = e.person_id::text AND NOT i.keep;
    DELETE FROM session s WHERE s.person_id = e.person_id;
    UPDATE token t SET revoked = erase.at WHERE t.person_id = e.person_id AND t.revoked IS NULL;
    UPDATE person p SET employer = NULL, family = NULL, password = NULL, blocked = true, version = p.version + 1,
           name = CASE WHEN stays THEN p.name ELSE '（已删除）' END, login = CASE WHEN stays THEN p.login ELSE 'erased-' || p.id END
    WHERE p.id = e.person_id;
    UPDATE erasure x SET state = 'done', decided = erase.at, decided_by = who, events = n_erased, kept = n_kept, named = stays
    WHERE x.id = what;
    RETURN gone;
END $$;
REVOKE ALL ON FUNCTION own_proposals(uuid), personal_events(uuid), erase(uuid, uuid, timestamptz), erasure_barred(uuid, timestamptz) FROM PUBLIC;
COMMIT;
