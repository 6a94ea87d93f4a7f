/*
 * Lines of a plug-in as sentences: message number and arguments to Chinese and
 * English.  Money is printed with its unit (480,000.00 元), a rule with its
 * article, a moment in Asia/Shanghai; points, counts and bids are bare numbers.
 */
#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/time.h"
#include "core/host/form.h"

static const linli_rule *rule_of(const struct words *words, const char *code)
{
    for (size_t i = 0; words->facts && code && i < words->facts->rule_count; i++)
        if (strcmp(words->facts->rules[i].code, code) == 0)
            return &words->facts->rules[i];
    return NULL;
}

static void print_grouped(int64_t fen, struct buf *out)
{
    char plain[MONEY_TEXT];

    money_print(fen, plain);
    size_t minus = plain[0] == '-', whole = strcspn(plain, ".");
    for (size_t i = 0; plain[i]; i++) {
        if (i > minus && i < whole && (whole - i) % 3 == 0)
            buf_char(out, ',');
        buf_char(out, plain[i]);
    }
}

static void print_money(int64_t fen, bool zh, struct buf *out)
{
    print_grouped(fen, out);
    buf_text(out, zh ? " 元" : " yuan");
}

static void print_period(linli_period p, bool zh, struct buf *out)
{
    static const char *const unit[5][3] = {{"", "", ""},
                                           {" 小时", " hour", " hours"},
                                           {" 日", " day", " days"},
                                           {" 个工作日", " working day", " working days"},
                                           {" 个月", " month", " months"}};
    int32_t n = p.unit >= 1 && p.unit <= 4 ? p.unit : 0;

    buf_int(out, p.count);
    buf_text(out, unit[n][zh ? 0 : p.count == 1 ? 1 : 2]);
}

static void print_rule(const struct words *words, const char *code, bool zh, struct buf *out)
{
    const linli_rule *rule = rule_of(words, code);
    char text[MONEY_TEXT] = "";

    if (!rule) {
        buf_text(out, code ? code : "");
        return;
    }
    switch (rule->unit) {
    case 0:
        print_period(rule->period, zh, out);
        break;
    case LINLI_UNIT_MONEY:
        print_money(rule->value, zh, out);
        break;
    case LINLI_UNIT_POINTS:
        points_print(rule->value, text);
        break;
    case LINLI_UNIT_RATE:
        rate_print(rule->value, text);
        break;
    case LINLI_UNIT_YES_NO:
        buf_text(out, zh ? (rule->value ? "适用" : "不适用") : rule->value ? "yes" : "no");
        break;
    case LINLI_UNIT_MONTHS:
        print_period((linli_period){(int32_t)rule->value, LINLI_MONTHS}, zh, out);
        break;
    default:
        buf_int(out, rule->value);
    }
    buf_text(out, text);
    if (rule->source && rule->source[0]) {
        buf_text(out, zh ? "（" : " (");
        buf_text(out, rule->source);
        buf_text(out, zh ? "）" : ")");
    }
}

static void print_bid(const struct words *words, uint64_t key, struct buf *out)
{
    int64_t number = (int64_t)key;

    for (size_t i = 0; words->facts && i < words->facts->bid_count; i++)
        if (words->facts->bids[i].key == key && words->facts->bids[i].number > 0)
            number = words->facts->bids[i].number;
    buf_int(out, number);
}

static void print_time(int64_t us, struct buf *out)
{
    char text[TIME_TEXT];

    time_print_shanghai(us, text);
    text[10] = ' ';
    buf_add(out, text, 19);
}

static void print_arg(const struct words *words, const linli_arg *arg, bool zh, struct buf *out)
{
    char text[MONEY_TEXT];

    switch (arg->kind) {
    case LINLI_ARG_MONEY:
        print_money(arg->number, zh, out);
        break;
    case LINLI_ARG_POINTS:
        points_print(arg->number, text);
        buf_text(out, text);
        break;
    case LINLI_ARG_RATE:
        rate_print(arg->number, text);
        buf_text(out, text);
        break;
    case LINLI_ARG_TIME:
        print_time(arg->number, out);
        break;
    case LINLI_ARG_BID:
        print_bid(words, (uint64_t)arg->number, out);
        break;
    case LINLI_ARG_CODE:
        buf_text(out, arg->code ? arg->code : "");
        break;
    case LINLI_ARG_RULE:
        print_rule(words, arg->code, zh, out);
        break;
    default:
        buf_int(out, arg->number);
    }
}

void words_print(const struct words *words, const linli_line *line, bool zh, struct buf *out)
{
    if (line->message >= words->message_count)
        return;
    const linli_message *m = &words->messages[line->message];
    for (const char *c = zh ? m->text.zh : m->text.en; *c; c++) {
        unsigned n = c[0] == '{' && c[1] >= '1' && c[1] <= '0' + LINLI_ARGS && c[2] == '}'
                         ? (unsigned)(c[1] - '0')
                         : 0;
        if (n == 0) {
            buf_char(out, *c);
        } else {
            if (n <= line->argc)
                print_arg(words, &line->arg[n - 1], zh, out);
            c += 2;
        }
    }
}

static void write_arg(const linli_arg *arg, struct buf *out)
{
    static const char *const kind[] = {"", "count", "money", "points", "rate", "time", "bid", "code", "rule"};
    int32_t k = arg->kind >= LINLI_ARG_COUNT && arg->kind <= LINLI_ARG_RULE ? arg->kind : LINLI_ARG_COUNT;

    json_open(out, '{');
    json_key(out, kind[k]);
    switch (k) {
    case LINLI_ARG_MONEY:
        json_fen(out, arg->number);
        break;
    case LINLI_ARG_POINTS:
        json_points(out, arg->number);
        break;
    case LINLI_ARG_RATE:
        json_rate(out, arg->number);
        break;
    case LINLI_ARG_TIME:
        json_time(out, arg->number);
        break;
    case LINLI_ARG_CODE:
    case LINLI_ARG_RULE:
        json_string(out, arg->code);
        break;
    default:
        json_int(out, arg->number);
    }
    json_close(out, '}');
}

static void write_sentence(const struct words *words, const linli_line *line, bool zh, struct buf *out)
{
    CLEANUP(buf_free) struct buf text = {0};

    buf_text(&text, "");
    words_print(words, line, zh, &text);
    json_key(out, zh ? "zh" : "en");
    json_stringn(out, text.data, text.size);
}

void words_write(const struct words *words, const linli_line *line, struct buf *out)
{
    const linli_message *m = line->message < words->message_count ? &words->messages[line->message] : NULL;

    json_open(out, '{');
    json_key(out, "args");
    json_open(out, '[');
    for (uint32_t i = 0; i < line->argc && i < LINLI_ARGS; i++)
        write_arg(&line->arg[i], out);
    json_close(out, ']');
    json_key(out, "code");
    json_string(out, m ? m->code : "");
    write_sentence(words, line, false, out);
    if (m && m->source) {
        json_key(out, "source");
        json_string(out, m->source);
    }
    write_sentence(words, line, true, out);
    json_close(out, '}');
}
