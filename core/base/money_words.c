/* Groups of four digits, each with its unit; a 零 stands for whatever noughts lie between two digits. */
#include "core/base/money_words.h"

#include "core/base/err.h"

static const char *const digits[] = {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"};

static void group(int value, struct buf *out)
{
    static const char *const units[] = {"仟", "佰", "拾", ""};
    bool begun = false, gap = false;

    for (int i = 0, part = 1000; i < 4; i++, part /= 10) {
        const int digit = value / part % 10;

        if (digit == 0) {
            gap = begun;
            continue;
        }
        if (gap)
            buf_text(out, "零");
        buf_text(out, digits[digit]);
        buf_text(out, units[i]);
        begun = true;
        gap = false;
    }
}

static void yuan_words(int64_t yuan, struct buf *out)
{
    static const char *const units[] = {"万", "亿", "万", ""};
    bool begun = false, gap = false;
    int64_t part = INT64_C(1000000000000);

    for (int i = 0; i < 4; i++, part /= 10000) {
        const int value = (int)(yuan / part % 10000);

        if (value) {
            if (begun && (gap || value < 1000))
                buf_text(out, "零");
            group(value, out);
            begun = true;
        }
        if (value || (i == 1 && begun))
            buf_text(out, units[i]);
        gap = value % 10 == 0;
    }
    buf_text(out, "元");
}

void money_words(int64_t fen, struct buf *out)
{
    const int64_t yuan = fen / 100;
    const int jiao = (int)(fen / 10 % 10), rest = (int)(fen % 10);

    MUST(fen >= 0 && fen <= INT64_C(100000000000000000));
    if (fen == 0) {
        buf_text(out, "零元整");
        return;
    }
    if (yuan)
        yuan_words(yuan, out);
    if (jiao) {
        buf_text(out, digits[jiao]);
        buf_text(out, "角");
    } else if (yuan && rest) {
        buf_text(out, "零");
    }
    if (rest) {
        buf_text(out, digits[rest]);
        buf_text(out, "分");
    } else {
        buf_text(out, "整");
    }
}
