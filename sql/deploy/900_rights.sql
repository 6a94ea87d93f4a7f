-- Deploy linli:900_rights to pg
-- Who may do what, by explicit list; tests/store/rights.sql fails where a table is in none.
BEGIN;
SET LOCAL search_path = linli;
GRANT USAGE ON SCHEMA linli TO linli_act, linli_read, linli_intake;

-- What acts change.
GRANT SELECT, INSERT, UPDATE ON
    setting, office, person, organisation, membership, post, post_holder, session, token, login_link, second_factor,
    recovery_code, blob, upload,
    idempotency, due, node, attachment,
    need, project, list, list_entry, negative,
    body, body_member, chain, approval,
    tender, lot, question, series, deadline,
    bid, bid_party, offer, bid_check, opener_post,
    relation, expert, panel_draw, panel_member, sitting, sheet, mark, mark_commit, panel_report, explanation, roll, roll_entry, ballot, ballot_batch,
    award, objection, delivery, paper, exclusion,
    fund, appropriation
TO linli_act;

-- What was agreed or ordered stays: sums, tranches and who ordered are not changed afterwards.
GRANT SELECT, INSERT ON contract, payment TO linli_act;
GRANT SELECT ON tranche TO linli_act;
GRANT UPDATE (starts, ends, terms, signed_office, signed_office_at, signed_organisation, signed_organisation_at, signed, state,
              version) ON contract TO linli_act;
GRANT SELECT, INSERT ON account_consent TO linli_act;
GRANT UPDATE (used) ON account_consent TO linli_act;
GRANT SELECT, INSERT ON duty TO linli_act;
GRANT UPDATE (done, done_at, done_by, reference, note) ON duty TO linli_act;
GRANT SELECT, INSERT ON behalf, service TO linli_act;
GRANT UPDATE (state, decided, decided_by, reason, made, version) ON behalf TO linli_act;
GRANT UPDATE (served, reference, note, served_entered, served_by, version) ON service TO linli_act;
GRANT SELECT, INSERT ON opening_answer, support, opinion TO linli_act;
GRANT UPDATE (at, withdrawn) ON support TO linli_act;
GRANT EXECUTE ON FUNCTION notice_contacts(integer, uuid) TO linli_act;
GRANT EXECUTE ON FUNCTION supported(integer, uuid, uuid) TO linli_act;
GRANT UPDATE (reply, replied, replied_by) ON opening_answer TO linli_act;
GRANT SELECT, INSERT ON draw_secret, invitation_secret, organisation_change, organisation_key TO linli_act;
GRANT UPDATE (revoked, revoked_by, reason) ON organisation_key TO linli_act;
GRANT SELECT, INSERT ON registration TO linli_act;
GRANT UPDATE (state, checked, checked_by, decided, decided_by, reason, person_id, organisation_id, contact, login, phone, password) ON registration TO linli_act;
GRANT SELECT, INSERT ON certificate TO linli_act;
GRANT UPDATE (retired, retired_by, reason) ON certificate TO linli_act;
GRANT EXECUTE ON FUNCTION certified(uuid, bytea, timestamptz), file_called(text, text) TO linli_act;
GRANT SELECT, INSERT ON panel_secret, panel_turn TO linli_act;
GRANT SELECT, INSERT ON contract_change, recovery, receipt, reversal, review, withdrawal TO linli_act;
GRANT UPDATE (state, decided, decided_by, note, before, done, changed) ON review TO linli_act;
GRANT UPDATE (agreed, agreed_by, before, state, decided, decided_by, note) ON contract_change TO linli_act;
GRANT UPDATE (recovered_fen, sets_off, set_off_fen, due, overdue, state, decided, decided_by, ended, ended_by, note, version) ON recovery TO linli_act;
GRANT UPDATE (state, decided, decided_by) ON receipt, reversal TO linli_act;
GRANT SELECT, INSERT ON renewal TO linli_act;
GRANT EXECUTE ON FUNCTION year_found(integer, uuid, timestamptz), award_goes_on(integer, uuid, uuid, timestamptz) TO linli_act;
GRANT UPDATE (decision, reason, decided, decided_by) ON renewal TO linli_act;
GRANT SELECT, INSERT ON deduction, bond, contract_party, subcontract TO linli_act;
GRANT SELECT, INSERT ON budget_line, budget_shift TO linli_act;
GRANT UPDATE (moved_fen, spent_fen, settled) ON budget_line TO linli_act;
GRANT UPDATE (state, decided, decided_by, note) ON budget_shift TO linli_act;
GRANT SELECT, INSERT ON spot_draw, spot_secret, site_check TO linli_act;
GRANT UPDATE (drawn, drawn_by, seed, witnesses, pool, chosen) ON spot_draw TO linli_act;
GRANT UPDATE (done, done_by, present, passed, findings) ON site_check TO linli_act;
GRANT SELECT (office_id, id, draw_id, done) ON site_check TO linli_read;
GRANT SELECT (office_id, id, most, reason, commitment, promised, drawn, seed, witnesses, pool, chosen) ON spot_draw TO linli_read;
GRANT UPDATE (signed, signed_by) ON contract_party TO linli_act;
GRANT UPDATE (state, decided, decided_by, note) ON subcontract TO linli_act;
GRANT EXECUTE ON FUNCTION named_then(uuid, timestamptz), panel_told(integer, uuid), panels_told(integer, integer), lot_before(integer, uuid, integer) TO linli_act, linli_read;
GRANT SELECT (office_id, contract_id, organisation_id, part, signed) ON contract_party TO linli_read;
GRANT UPDATE (rule, due, kept_fen, base_rate_ppm, interest_fen, state, ended, ended_by, bank_ref, reason) ON bond TO linli_act;
GRANT UPDATE (taken_fen, state, decided, decided_by, note) ON deduction TO linli_act;
GRANT UPDATE (state, accepted_fen, released_fen, paid_fen, recovered_fen, version) ON tranche TO linli_act;
GRANT UPDATE (state, checker, second, bank_ref, approved, seconded, sent, settled, reason, back_ref, back_by, back_second, batch_id, batch_no, version) ON payment TO linli_act;
GRANT SELECT, INSERT ON organisation_account, voucher, hold, fund_account, batch TO linli_act;
GRANT UPDATE (state, decided, decided_by, valid_from) ON organisation_account TO linli_act;
GRANT UPDATE (pay_by, red_number, reversed, reversed_by, reason, version) ON voucher TO linli_act;
GRANT UPDATE (lifted, lifted_by, lifted_reason, version) ON hold TO linli_act;
GRANT UPDATE (confirmed, confirmed_by) ON fund_account TO linli_act;
GRANT UPDATE (state, approved, checker, seconded, second, execute, exported, settled, reason, version) ON batch TO linli_act;
GRANT SELECT, INSERT, UPDATE ON column_map TO linli_act;
GRANT SELECT, INSERT ON bank_file, bank_entry TO linli_act;
GRANT SELECT ON reference_rate, withholding TO linli_act;
GRANT SELECT, INSERT, UPDATE ON late_rate TO linli_act;
GRANT SELECT, INSERT ON fee TO linli_act;
GRANT UPDATE (state, decided, decided_by, tax_fen) ON fee TO linli_act;

GRANT SELECT, INSERT ON erasure TO linli_act;
GRANT UPDATE (state, decided, decided_by, note) ON erasure TO linli_act;
GRANT EXECUTE ON FUNCTION erase(uuid, uuid, timestamptz), erasure_barred(uuid, timestamptz) TO linli_act;

-- Facts of the schema.
GRANT SELECT ON role, object_kind, voucher_rule, red_flag, retention TO linli_act;
GRANT EXECUTE ON FUNCTION red_flags_of(integer) TO linli_act, linli_read;
GRANT EXECUTE ON FUNCTION flag_ppm(bigint, bigint, bigint), flag_bids(integer, uuid), flags_of_bids(integer, uuid), flag_totals(integer, uuid), flags_of_evaluators(integer, uuid) TO linli_act;
GRANT SELECT ON red_flag TO linli_read;
GRANT SELECT (office_id, id, code, threshold, cases, at) ON red_flag_set TO linli_read;
GRANT EXECUTE ON FUNCTION posts_held(uuid, date), held(uuid, date, boolean), person_within(uuid, bigint[]), bodies_headed(uuid, date),
    shanghai(timestamptz), tasks(integer, uuid, text[], timestamptz, boolean), task_act(integer, text, text, uuid, uuid, text), bids_of(uuid[]), parties_of(integer, uuid), told(text), dealt(integer[], uuid), object_find(integer, text, uuid), in_the_dark(integer, uuid, uuid), in_the_dark_of(integer, uuid, uuid), read_blindly(integer, text, uuid, text, uuid),
    object_rights(integer, text, uuid, text[], uuid[], uuid), account_at(uuid, timestamptz), name_at(uuid, timestamptz),
    holds_of(integer, uuid, timestamptz), overdue_at(integer, timestamptz), fee_tax(bigint, date), masked(text) TO linli_act;

-- What is written once and stays.
GRANT SELECT, INSERT ON
    red_flag_set,
    claim, plugin_copy, event_queue, invitation, opener_set, closing, list_edition, milestone, decision, notice, sheet_request, sheet_reopened, draw, gift, payable, chain_step, approval_step, recusal,
    log_entry, log_salt, log_checkpoint
TO linli_act;

GRANT UPDATE (shares, opened) ON closing TO linli_act;
GRANT UPDATE (reversed, version) ON gift TO linli_act;

-- Housekeeping; 910 narrows idempotency, blob and upload to what has run out.
GRANT DELETE ON session, token, login_link, idempotency, blob, upload, node TO linli_act;

-- The ledger is read by everybody who acts and written by nobody but its function.
GRANT SELECT ON account, journal, posting, source, tranche_share TO linli_act;
GRANT SELECT, INSERT ON transfer, promise, evidence TO linli_act;
GRANT UPDATE (withdrawn, withdrawn_by, note) ON promise TO linli_act;
GRANT UPDATE (state, decided, decided_by, note) ON transfer, evidence, withdrawal TO linli_act;
GRANT SELECT (office_id, id, appropriation_id, kind, to_id, contract_id, tender_id, amount_fen, last_request, reason, decision, consent_id, state, proposed, decided)
    ON transfer TO linli_read;
GRANT EXECUTE ON FUNCTION vouchers_shown(integer, uuid), vouchers_given(integer, uuid) TO linli_act, linli_read;
GRANT EXECUTE ON FUNCTION
    post(integer, uuid, text, uuid, uuid, uuid, timestamptz, bigint),
    post_many(integer, text, uuid, timestamptz, uuid[], uuid[], uuid[], bigint[]),
    due_horizon(timestamptz, timestamptz),
    post_reverse(integer, uuid, uuid, uuid, uuid, timestamptz),
    post_transfer(integer, uuid, uuid, uuid, timestamptz),
    post_again(integer, uuid, uuid, uuid, timestamptz),
    tranche_payers(integer, uuid, uuid),
    yuan(numeric), shares(bigint, bigint[]),
    source_set(integer, uuid, uuid[], bigint[]),
    tranche_add(integer, uuid, uuid, integer, text, text, text, bigint, text, date, boolean),
    shares_fix(integer, uuid, uuid[], uuid[], bigint[]),
    contract_renew(integer, uuid, uuid, text, date, date, bigint, text, uuid[], bigint[], uuid, timestamptz),
    contract_apply(integer, uuid, uuid),
    tranche_retain(integer, uuid, uuid, bigint)
TO linli_act;

-- What the public reads: no bids, marks, ballots, no people; which rows, says 910.
GRANT SELECT ON setting, office, plugin_copy, project, list, list_entry, list_edition, negative, notice, object_kind TO linli_read;
GRANT SELECT (office_id, id, lot_id, purpose, keys, seed, participants, witnesses, at) ON draw TO linli_read;
GRANT SELECT (office_id, id, tender_id, no, title, budget_fen, ceiling_fen, phase, phase_kind, round, phase_since, phase_due, provisional, state,
              waiting, reason, ways, way, follows, draw_commitment, sees, version) ON lot TO linli_read;
GRANT SELECT (id, name, name_en, kind, uscc, uscc_doubtful, host_id, founded, created, ended, successor_id, version) ON organisation TO linli_read;
GRANT SELECT (organisation_id, kind, name, other_id, reason, at) ON organisation_change TO linli_read;
GRANT SELECT (id, organisation_id, key, signer, note, registered, revoked, reason) ON organisation_key TO linli_read;
GRANT SELECT (office_id, id, number, entry_id, follows, under, supplements, title, summary, category, regime, mechanism, mechanism_version,
              mechanism_sha256, scheme, scheme_version, scheme_sha256, options, scheme_options, acceptance, rule_set, rules, plan, contact_person, contact_phone,
              budget_fen, ceiling_fen, state, sealing, published, deadline, deadline_provisional, opened,
              electorate, shared_pool, years, most_bids, most_awards, reason, ways, created, version) ON tender TO linli_read;
GRANT SELECT (office_id, id, tender_id, body, asked, answer, answered) ON question TO linli_read;
GRANT SELECT (office_id, id, tender_id, lot_id, standing, place, amount_fen, why, state, decided, announced, version)
    ON award TO linli_read;
GRANT SELECT (office_id, id, tender_id, award_id, number, organisation_id, amount_fen, starts, ends, retention_ppm, retention_until, signed, state, year_no, renews, version)
    ON contract TO linli_read;
GRANT SELECT (office_id, id, contract_id, no, code, name, name_en, amount_fen, trigger_on, due_on, advance, state,
              accepted_fen, released_fen, paid_fen, recovered_fen, version) ON tranche TO linli_read;
GRANT SELECT (office_id, id, organisation_id, ground, authority, document, reason, contract_id, starts, ends, lifted, lifted_reason, version)
    ON exclusion TO linli_read;
GRANT SELECT (office_id, id, fund_id, appropriation_id, kind, shown, amount_fen, restriction, receipt, received, recorded, reversed, version)
    ON gift TO linli_read;
GRANT SELECT (office_id, id, code, name, name_en, purpose, regimes, holder_kind, holder, created, version) ON fund TO linli_read;
GRANT SELECT (office_id, id, fund_id, year, budget_item, currency, name, restriction, origin, last_request, carried, carry_years,
              version) ON appropriation TO linli_read;
GRANT SELECT (office_id, id, tranche_id, amount_fen, state, ordered, approved, sent, settled, pay_by, payee, version) ON payment TO linli_read;
GRANT SELECT (office_id, id, appropriation_id, journal_id, reason, state, proposed, decided) ON reversal TO linli_read;
GRANT SELECT ON account, posting, payable, source, tranche_share TO linli_read;
GRANT SELECT (office_id, id, kind, source, at) ON journal TO linli_read;
GRANT SELECT (office_id, id, object_kind, object_id, name, kind, sha256, public, redacted_of, added)
    ON attachment TO linli_read;
GRANT SELECT (sha256, bytes, type) ON blob TO linli_read;

-- The server asks which schema it finds.  Where the files are tried out with psql there is no registry.
DO $$
BEGIN
    IF to_regclass('sqitch.changes') IS NOT NULL THEN
        GRANT USAGE ON SCHEMA sqitch TO linli_act, linli_read;
        GRANT SELECT ON sqitch.changes, sqitch.tags TO linli_act, linli_read;
    END IF;
END $$;
COMMIT;
