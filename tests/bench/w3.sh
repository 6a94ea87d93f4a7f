# Sourced by run: files for the bids of every measurement, and a bid as one statement and one transaction for pgbench:
# token, membership, tender, lot and file looked up; bid, upload, idempotency and event_queue rows written.
# shellcheck shell=bash disable=SC2154
files=$((seconds * 15000))
[ "$only" != w4 ] || files=$((seconds * 5000))
export BENCH_FILES=$files
measurements=$((2 * (rounds + 1) * $(tr ',' '\n' <<<"$clients" | wc -l) * $(tr ',' '\n' <<<"$only" | wc -l) + 1))
[[ ,$only, != *,w4,* ]] || measurements=$((2 * measurements))
w3_url="postgresql:///linli?host=$WITH_PG_DIR&user=linli_admin&options=-crole%3Dlinli_owner%20-cplan_cache_mode%3Dforce_generic_plan"
if [[ ,$only, == *,w[34],* ]]; then
    echo "putting $((files * measurements)) files there ..."
    # In one transaction: the server clears away files that nobody uploaded.
    super -1 -c "INSERT INTO linli.blob (sha256, bytes, type)
              SELECT decode(lpad(to_hex(n), 64, '0'), 'hex'), 65536, 'application/pdf'
              FROM generate_series(0, $((files * measurements - 1))) n" \
        -c "INSERT INTO linli.upload (sha256, person_id, at)
              SELECT decode(lpad(to_hex(n), 64, '0'), 'hex'), k.person_id, now()
              FROM generate_series(0, $((files * measurements - 1))) n
              JOIN linli.token k ON k.hash = sha256(('bench-token-' || lpad((n % 64)::text, 2, '0'))::bytea)"
    super -c "VACUUM ANALYZE linli.blob" -c "VACUUM ANALYZE linli.upload" -c CHECKPOINT
    cat >"$work/w3.sql" <<SQL
\\set t random(0, $tenders - 1)
\\set office 1 + :t % 100
\\set i :i + 1
\\set file :base + :client_id * ($files / :clients) + :i % ($files / :clients)
\\set o :file % 64
WITH a AS (
    SELECT k.person_id, t.office_id, t.id AS tender_id, l.no, t.sealing <> 'open_bids' AS sealed, f.sha256, f.bytes, gen_random_uuid() AS id,
           m.organisation_id, encode(f.sha256, 'hex') AS digest, '2026-06-01T00:00:00Z'::timestamptz AS at
    FROM linli.token k
    JOIN linli.person p ON p.id = k.person_id AND NOT p.blocked
    JOIN linli.membership m ON m.person_id = p.id AND m.organisation_id = ('00000000-0000-8000-8000-' || lpad(:o::text, 12, '0'))::uuid
     AND m.valid_from <= '2026-06-01' AND (m.valid_until IS NULL OR m.valid_until >= '2026-06-01')
    JOIN linli.tender t ON t.office_id = :office::integer AND t.state = 'bidding' AND t.deadline > '2026-06-01T00:00:00Z'
     AND t.id = (lpad(to_hex(:office::integer), 8, '0') || '-0000-8000-8000-' || lpad(:t::text, 12, '0'))::uuid
    JOIN linli.lot l ON l.office_id = t.office_id AND l.tender_id = t.id AND l.no = 1
    JOIN linli.upload up ON up.sha256 = decode(lpad(to_hex(:file::bigint), 64, '0'), 'hex') AND up.person_id = p.id
    JOIN linli.blob f ON f.sha256 = up.sha256 AND f.bytes = 65536
    WHERE k.hash = sha256(('bench-token-' || lpad(:o::text, 2, '0'))::bytea) AND k.expires > '2026-06-01' AND k.revoked IS NULL
      AND NOT EXISTS (SELECT 1 FROM linli.idempotency i WHERE i.actor = p.id::text AND i.key = 'pgbench-' || lpad(:file::text, 20, '0'))
), u AS (
    UPDATE linli.bid b SET state = 'replaced', replaced_by = a.id FROM a
    WHERE b.office_id = a.office_id AND b.tender_id = a.tender_id AND b.lot_no = a.no AND b.organisation_id = a.organisation_id
      AND b.withdrawn IS NULL AND b.replaced_by IS NULL RETURNING 1
), b AS (
    INSERT INTO linli.bid (office_id, id, tender_id, lot_no, organisation_id, person_id, sha256, bytes, received)
    SELECT office_id, id, tender_id, no, organisation_id, person_id, sha256, bytes, at FROM a WHERE (SELECT count(*) FROM u) >= 0
    ON CONFLICT DO NOTHING
), c AS (
    UPDATE linli.upload up SET used = true FROM a WHERE up.sha256 = a.sha256 AND up.person_id = a.person_id AND NOT up.used
), i AS (
    INSERT INTO linli.idempotency (actor, key, office_id, request_hash, status, answer, subject, keep, at)
    SELECT person_id::text, 'pgbench-' || lpad(:file::text, 20, '0'), office_id, sha256, 201,
           '{"id":"' || id || '","tender":"' || tender_id || '","lot":' || no || ',"received":"' || at || '","deadline":"' || at || '","sha256":"' || digest || '"}',
           id::text, true, at FROM a
), e AS (
    INSERT INTO linli.event_queue (office_id, id, at, actor, role, act, subject_kind, subject, tender_id, sealed, salt, payload)
    SELECT office_id, gen_random_uuid(), at, person_id, 'organisation', 'bid_submit', 'bid', id, tender_id, sealed, sha256,
           '{"bytes":' || bytes || ',"lot":' || no || ',"organisation":"' || organisation_id || '","sha256":"' || digest || '"}' FROM a
)
SELECT id FROM a;
SQL
fi
