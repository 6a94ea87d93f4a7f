/* Bid intake. */
#include "api/intake.h"

#include <stdlib.h>

#include "core/base/err.h"

struct intake {
    struct loop *loop;
    int lanes;
};

struct intake *intake_new(struct loop *loop, int lanes)
{
    struct intake *intake = calloc(1, sizeof *intake);

    MUST(intake);
    intake->loop = loop;
    intake->lanes = lanes;
    return intake;
}

void intake_free(struct intake *intake)
{
    free(intake);
}

void intake_turn(struct intake *intake)
{
    (void)intake;
}
