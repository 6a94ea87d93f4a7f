#!/bin/bash
# Which scheme may be drafted with which mechanism, every pair over HTTP: as the table of docs/schemes.md has it.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
TECHNICAL='"criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"100%"}]'
LOAN='"agreement":"世界银行贷款第 9001-CN 号"'
declare -A REGIME=([public_bidding]=statutory [invited_bidding]=statutory [consultation]=statutory [negotiation]=statutory [open_comparison]=sub_threshold
    [single_source]=statutory [external_procedure]=statutory [framework]=statutory [venture_philanthropy]=grants [cultivation_grant]=grants [community_fund]=charity)
WHOLE='"tranches":[{"code":"whole","name":{"zh":"全款","en":"whole"},"share":"100%","due":"on_acceptance"}]'
declare -A WITH=([public_bidding]="{$WHOLE}" [invited_bidding]="{\"ground\":\"special\",$WHOLE}" [consultation]="{$WHOLE}"
    [negotiation]="{\"ground\":\"complex\",$WHOLE}" [open_comparison]="{\"way\":\"call\",$WHOLE}"
    [single_source]="{\"ground\":\"unique\",\"reason\":\"专利技术不可替代\",\"professionals\":[{\"name\":\"李工\",\"unit\":\"某研究院\",\"title\":\"高级工程师\"}],$WHOLE}"
    [external_procedure]="{\"method\":\"public_bidding\",\"platform\":\"省政府采购云平台\",\"agency\":\"示例招标代理有限公司\",\"project\":\"ZFCG-2026-0107\",\"decided\":\"2026-03-02\",\"links\":[\"https://cg.example/notice/107\"],\"documents\":[{\"name\":\"中标通知书\",\"sha256\":\"$(printf x | sha256sum | cut -d' ' -f1)\"}],$WHOLE}"
    [framework]="{\"admission\":\"closed\",\"second\":\"rotation\",\"term\":\"24m\",$WHOLE}"
    [venture_philanthropy]="{\"tranches\":$TWO_PARTS}" [cultivation_grant]="{\"ceiling\":\"20000.00\",$WHOLE}"
    [community_fund]="{\"voting_window\":\"7d\",\"proposal_window\":\"14d\",\"tranches\":$TWO_PARTS}")
CRITERIA='"criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]'
declare -A SCHEME=([lowest_price]='{}' [comprehensive_score]="{\"price_weight\":\"15%\",$CRITERIA}" [two_stage_quote]="{\"price_weight\":\"15%\",$CRITERIA}"
    [qcbs]="{$TECHNICAL,$LOAN}" [rated_criteria]="{$TECHNICAL,$LOAN}" [fixed_budget]="{$TECHNICAL,$LOAN}" [least_cost]="{$TECHNICAL,$LOAN}" [quality_based]="{$TECHNICAL,$LOAN}"
    [contest]="{$TECHNICAL,\"trim\":0}" [ranking]='{}' [ahp_topsis]="{$TECHNICAL}"
    [performance]='{"indicators":[{"code":"technical","name":{"zh":"方案","en":"plan"},"group":"output","points":"100"}]}'
    [participatory_budget]='{}' [quadratic_match]='{}')
fits() { # MECHANISM: the schemes that may be drafted with it, sorted
    local scheme
    for scheme in $(printf '%s\n' "${!SCHEME[@]}" | sort); do
        AS=clerk req POST /api/v1/offices/3/tenders "{\"entry\":\"$ENTRY\",\"summary\":\"需求\",\"scheme\":\"$scheme\",\"options\":${WITH[$1]},\"scheme_options\":${SCHEME[$scheme]},\"appropriation\":\"$APP\"}"
        case $STATUS in 201) printf '%s ' "$scheme" ;; 422) case $(got '.errors[0].pointer') in /scheme*) ;; *) printf '%s? ' "$scheme" ;; esac ;; *) printf '%s? ' "$scheme" ;; esac
    done
}
while IFS='|' read -r _ mechanism schemes _; do
    mechanism=${mechanism//[ \`]/}
    sum=1000.00
    [ "$mechanism" != framework ] || sum=2000000.00 # not below the threshold of statutory procurement
    fund_of "${REGIME[$mechanism]}" "$sum"
    entry_of "${REGIME[$mechanism]}" "$mechanism" "$sum"
    is "$(fits "$mechanism")" "$(tr -d '\`' <<<"$schemes" | xargs) " "$mechanism fits the schemes the page says"
done < <(sed -n '/^| mechanism | schemes/,/^$/p' "$here/docs/schemes.md" | sed '1,2d; /^$/d')
# The law names what a method is evaluated by; a lender's method needs the loan that asks for it (政府采购法 §84).
fund_of statutory 2000.00
statutory() { AS=clerk want "$1" POST /api/v1/offices/3/tenders "{\"entry\":\"$ENTRY\",\"summary\":\"需求\",\"scheme\":\"$2\",\"options\":${WITH[$4]},\"scheme_options\":$3,\"appropriation\":\"$APP\"}"; }
entry_of statutory negotiation 1000.00
statutory 422 comprehensive_score "${SCHEME[comprehensive_score]}" negotiation
is "$(got '.errors[0].pointer')" /scheme "a negotiation goes to the lowest last quote and to nothing else (74号 §35)"
like "$(got .detail)" '*只能采用以下评审方法：lowest_price' "and says what it goes by"
entry_of statutory public_bidding 1000.00
statutory 422 quality_based "{$TECHNICAL}" public_bidding
is "$(got '.errors[0].pointer')" /scheme_options/agreement "a tender without a weight of the price, and without the loan agreement that lets it"
statutory 201 quality_based "${SCHEME[quality_based]}" public_bidding
# What qualifies a bid may not be scored as well (87号 §55): it is the mechanism that knows what does.
fund_of sub_threshold 1000.00
entry_of sub_threshold public_bidding 1000.00
QUALIFIES="\"qualifications\":[{\"code\":\"licence\",\"name\":{\"zh\":\"养老服务资质\",\"en\":\"licensed\"}}]"
draft() { AS=clerk want "$1" POST /api/v1/offices/3/tenders "{\"entry\":\"$ENTRY\",\"summary\":\"需求\",\"scheme\":\"comprehensive_score\",\"options\":{$QUALIFIES,$WHOLE},\"scheme_options\":{\"price_weight\":\"15%\",\"criteria\":[{\"code\":\"$2\",\"name\":{\"zh\":\"资质\",\"en\":\"licence\"},\"weight\":\"85%\"}]},\"appropriation\":\"$APP\"}"; }
draft 422 licence
is "$(got '.errors[0].pointer')" /scheme_options/criteria/0/code "a condition of qualification that is scored is refused, with its place"
like "$BODY" '*财政部令第87号 §55*' "and the article"
draft 422 qualified
draft 201 technical
# A contest that sets amounts gives a set, from which a venture cannot award; one that ranks gives an order.
fund_of grants 2000.00
entry_of grants venture_philanthropy 1000.00
amounts() { AS=clerk want "$1" POST /api/v1/offices/3/tenders "{\"entry\":\"$ENTRY\",\"summary\":\"需求\",\"scheme\":\"contest\",\"options\":${WITH[venture_philanthropy]},\"scheme_options\":{$TECHNICAL,\"trim\":0,\"amount\":\"$2\"},\"appropriation\":\"$APP\"}"; }
amounts 422 asked
is "$(got '.errors[0].pointer')" /scheme_options "a contest that sets amounts is refused where they cannot be awarded"
amounts 201 none
# Statutory notices name an address and whom to ask; the operator is told which office has none.
doctor() { LINLI_BLOBS_FOLDER=$T/blobs LINLI_PLUGINS_STATE=$T/state linli doctor | grep 'offices 单位'; }
like "$(doctor)" 'warn  offices 单位 *1 buy by statute*: 3 *contact' "doctor names an office that buys by statute and tells nobody where it is"
AS=approver IFM='*' want 200 POST /api/v1/offices/3/contact '{"address":"示例路1号","contact_person":"周老师","phone":"021-55500100"}'
is "$(doctor)" '' "until it does"
folders() { (cd "$here/plugins/$1" && printf "%s\n" *) | sort | xargs; }
is "$(folders schemes) $(folders mechanisms)" "$(printf '%s\n' "${!SCHEME[@]}" | sort | xargs) $(printf '%s\n' "${!REGIME[@]}" | sort | xargs)" \
    "no scheme and no mechanism is forgotten"
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
finish
