/* Packs what training made and predicts with it. Nine tenths of the linear weights are near zero and are left out of a large model:
 * a row is then a short list of intents, or stays whole when that is shorter. It holds weights, no texts. */
#include "engine/nlu_model.h"

#include "base/alloc.h"
#include "engine/nlu_vector.h"

#include <math.h>
#include <string.h>

#define MODEL_LINE_BYTES_MAX ((size_t)1100000) /* of the linear part */
#define MODEL_ENTRY_BYTES 3 /* of a weight in a list: intent and weight */
#define MODEL_SHARPNESS 4.0f

struct nlu_model {
    size_t intent_count, width, row_count, net_count;
    size_t net_row_count; /* the nets do not see pairs, whose rows are the last ones */
    /* the linear part: row r is whole[r] - 1 of the whole ones, or the list from[r] … from[r + 1] */
    uint32_t *from, *whole;
    int8_t *wholes;
    size_t whole_count;
    uint16_t *intent;
    int8_t *weight;
    float *scale, *bias; /* width */
    /* the nets, side by side */
    int8_t *embed;       /* row × (net_count × NLU_NET_HIDDEN) */
    float *embed_scale;  /* row */
    float *hidden_bias;  /* net_count × NLU_NET_HIDDEN */
    float *out;          /* net × NLU_NET_HIDDEN × width */
    float *out_bias;     /* net × width */
};

static enum err
model_room(size_t count, size_t size_bytes, void *out)
{
    void *piece = NULL;

    TRY(alloc_make(count, size_bytes, &piece));
    memcpy(out, &piece, sizeof piece);
    return ERR_NONE;
}

/* To the nearest; the argument is within -127 … 127. */
static int8_t
model_round(float x)
{
    return (int8_t)(x + copysignf(0.5f, x));
}

/* One step of an intent's weights is 1/127 of its largest. */
static void
model_scales(struct nlu_model *model, const struct nlu_line *line)
{
    for (size_t c = 0; c < model->width; c++)
        model->scale[c] = 1e-9f;
    for (size_t r = 0; r < model->row_count; r++)
        for (size_t c = 0; c < model->width; c++) {
            float size = fabsf(line->weight[r * model->width + c]) / 127;
            model->scale[c] = size > model->scale[c] ? size : model->scale[c];
        }
}

static void
model_quantise(const struct nlu_model *model, const struct nlu_line *line, int8_t *all)
{
    for (size_t r = 0; r < model->row_count; r++) {
        const float *from = line->weight + r * model->width;
        int8_t *to = all + r * model->width;
        for (size_t c = 0; c < model->width; c++)
            to[c] = model_round(from[c] / model->scale[c]);
    }
}

static size_t
model_row_count(const int8_t *row, size_t width, int8_t least)
{
    unsigned count = 0;

    for (size_t c = 0; c < width; c++)
        count += (unsigned)((row[c] >= least) | (row[c] <= -least));
    return count;
}

/* The smallest weight that still counts, so that the linear part keeps to its bytes. */
static int
model_least(const struct nlu_model *model, const int8_t *all)
{
    int least = 0;
    size_t bytes;

    do {
        least++;
        bytes = 0;
        for (size_t r = 0; r < model->row_count; r++) {
            size_t list = model_row_count(all + r * model->width, model->width, (int8_t)least) * MODEL_ENTRY_BYTES;
            bytes += list < model->width ? list : model->width;
        }
    } while (bytes > MODEL_LINE_BYTES_MAX && least < 127);
    return least;
}

static void
model_pack_rows(struct nlu_model *model, const int8_t *all, int least)
{
    size_t kept = 0, whole = 0;

    for (size_t r = 0; r < model->row_count; r++) {
        const int8_t *row = all + r * model->width;
        model->from[r] = (uint32_t)kept;
        if (model->whole[r] > 0) {
            memcpy(model->wholes + whole++ * model->width, row, model->width);
            continue;
        }
        for (size_t c = 0; c < model->width; c++)
            if (row[c] >= least || row[c] <= -least) {
                model->intent[kept] = (uint16_t)c;
                model->weight[kept++] = row[c];
            }
    }
    model->from[model->row_count] = (uint32_t)kept;
}

static enum err
model_pack_line(struct nlu_model *model, const struct nlu_line *line)
{
    void *piece = NULL;
    size_t kept = 0;

    TRY(model_room(model->row_count + 1, sizeof(uint32_t), &model->from));
    TRY(model_room(model->row_count, sizeof(uint32_t), &model->whole));
    TRY(model_room(model->width, sizeof(float), &model->scale));
    TRY(model_room(model->width, sizeof(float), &model->bias));
    TRY(alloc_make(model->row_count, model->width, &piece));
    int8_t *all = piece;
    memcpy(model->bias, line->bias, model->width * sizeof(float));
    model_scales(model, line);
    model_quantise(model, line, all);
    int least = model_least(model, all);
    for (size_t r = 0; r < model->row_count; r++) {
        size_t count = model_row_count(all + r * model->width, model->width, (int8_t)least);
        bool is_whole = count * MODEL_ENTRY_BYTES >= model->width;
        model->whole[r] = is_whole ? (uint32_t)++model->whole_count : 0;
        kept += is_whole ? 0 : count;
    }
    enum err err = model_room(kept + 1, sizeof(uint16_t), &model->intent);
    if (err == ERR_NONE)
        err = model_room(kept + 1, 1, &model->weight);
    if (err == ERR_NONE)
        err = model_room(model->whole_count * model->width + 1, 1, &model->wholes);
    if (err == ERR_NONE)
        model_pack_rows(model, all, least);
    alloc_free(&piece);
    return err;
}

static enum err
model_pack_nets(struct nlu_model *model, const struct nlu_net *nets)
{
    size_t hidden = model->net_count * NLU_NET_HIDDEN;

    TRY(model_room(model->net_row_count * hidden + 1, 1, &model->embed));
    TRY(model_room(model->net_row_count, sizeof(float), &model->embed_scale));
    TRY(model_room(hidden, sizeof(float), &model->hidden_bias));
    TRY(model_room(hidden * model->width, sizeof(float), &model->out));
    TRY(model_room(model->net_count * model->width, sizeof(float), &model->out_bias));
    for (size_t n = 0; n < model->net_count; n++) {
        memcpy(model->hidden_bias + n * NLU_NET_HIDDEN, nets[n].hidden_bias, sizeof nets[n].hidden_bias);
        memcpy(model->out + n * NLU_NET_HIDDEN * model->width, nets[n].out, NLU_NET_HIDDEN * model->width * sizeof(float));
        memcpy(model->out_bias + n * model->width, nets[n].out_bias, model->width * sizeof(float));
    }
    for (size_t r = 0; r < model->net_row_count; r++) {
        float most = 1e-9f;
        for (size_t n = 0; n < model->net_count; n++)
            for (size_t k = 0; k < NLU_NET_HIDDEN; k++) {
                float size = fabsf(nets[n].embed[r * NLU_NET_HIDDEN + k]);
                most = size > most ? size : most;
            }
        model->embed_scale[r] = most / 127;
        for (size_t n = 0; n < model->net_count; n++)
            for (size_t k = 0; k < NLU_NET_HIDDEN; k++)
                model->embed[r * hidden + n * NLU_NET_HIDDEN + k] =
                    model_round(nets[n].embed[r * NLU_NET_HIDDEN + k] * (127 / most));
    }
    return ERR_NONE;
}

enum err
nlu_model_make(const struct nlu_line *line, const struct nlu_net *nets, size_t net_count, size_t intent_count,
               struct nlu_model **out)
{
    struct nlu_model *model = NULL;

    TRY(model_room(1, sizeof *model, &model));
    *model = (struct nlu_model){.intent_count = intent_count, .width = line->width, .row_count = line->row_count, .net_count = net_count,
                                .net_row_count = net_count > 0 ? nets[0].row_count : 0};
    enum err err = model_pack_line(model, line);
    if (err == ERR_NONE)
        err = model_pack_nets(model, nets);
    if (err != ERR_NONE)
        nlu_model_free(&model);
    else
        *out = model;
    return err;
}

void
nlu_model_free(struct nlu_model **model)
{
    struct nlu_model *m = *model;

    if (!m)
        return;
    void *pieces[] = {m->from, m->whole, m->wholes, m->intent, m->weight, m->scale, m->bias, m->embed, m->embed_scale, m->hidden_bias,
                      m->out, m->out_bias};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        alloc_free(&pieces[i]);
    alloc_free(model);
}

size_t
nlu_model_bytes(const struct nlu_model *model)
{
    size_t kept = model->from[model->row_count], hidden = model->net_count * NLU_NET_HIDDEN;

    return sizeof *model + (2 * model->row_count + 1) * sizeof(uint32_t) + kept * MODEL_ENTRY_BYTES +
           model->whole_count * model->width + 2 * model->width * sizeof(float) +
           model->net_row_count * (hidden + sizeof(float)) + hidden * sizeof(float) * (model->width + 1) +
           model->net_count * model->width * sizeof(float);
}

static void
model_score_line(const struct nlu_model *model, const struct nlu_item *item, size_t count, float *margin)
{
    struct nlu_item wholes[NLU_BAG_MAX];
    size_t count_whole = 0;

    for (size_t i = 0; i < count; i++) {
        float value = item[i].value;
        uint32_t whole = model->whole[item[i].row];
        if (whole > 0) {
            wholes[count_whole++] = (struct nlu_item){whole - 1, value};
            continue;
        }
        for (uint32_t k = model->from[item[i].row]; k < model->from[item[i].row + 1]; k++)
            margin[model->intent[k]] += value * (float)model->weight[k];
    }
    nlu_vector_gather_bytes(margin, model->wholes, model->width, wholes, count_whole);
    for (size_t c = 0; c < model->intent_count; c++)
        margin[c] = margin[c] * model->scale[c] + model->bias[c];
}

static void
model_score_hidden(const struct nlu_model *model, const struct nlu_item *item, size_t count, float *hidden)
{
    struct nlu_item scaled[NLU_BAG_MAX];

    for (size_t i = 0; i < count; i++)
        scaled[i] = (struct nlu_item){item[i].row, item[i].value * model->embed_scale[item[i].row]};
    nlu_vector_gather_bytes(hidden, model->embed, model->net_count * NLU_NET_HIDDEN, scaled, count);
}

/* The mean of the nets' logits: one softmax for all of them. */
static void
model_score_nets(const struct nlu_model *model, const float *hidden, float *logit)
{
    struct nlu_item active[NLU_MODEL_NETS_MAX * NLU_NET_HIDDEN];
    float share = 1 / (float)model->net_count;
    size_t count = 0;

    memset(logit, 0, model->width * sizeof(float));
    for (size_t n = 0; n < model->net_count; n++)
        nlu_vector_add(logit, model->out_bias + n * model->width, share, model->width);
    for (uint32_t k = 0; k < model->net_count * NLU_NET_HIDDEN; k++)
        if (hidden[k] > 0)
            active[count++] = (struct nlu_item){k, hidden[k] * share};
    nlu_vector_gather(logit, model->out, model->width, active, count);
    nlu_net_softmax(logit, model->intent_count, 1);
}

enum err
nlu_model_score(const struct nlu_model *model, struct arena *arena, const struct nlu_bag *bag, float *ratio, float *margin)
{
    float hidden[NLU_MODEL_NETS_MAX * NLU_NET_HIDDEN];
    size_t hidden_count = model->net_count * NLU_NET_HIDDEN;
    void *piece = NULL;

    TRY(arena_take(arena, model->width, sizeof(float), &piece));
    float *logit = piece;
    memset(margin, 0, model->width * sizeof(float));
    model_score_line(model, bag->item, bag->count, margin);
    memcpy(ratio, margin, model->width * sizeof(float));
    nlu_net_softmax(ratio, model->intent_count, MODEL_SHARPNESS);
    if (model->net_count == 0)
        return ERR_NONE;
    memcpy(hidden, model->hidden_bias, hidden_count * sizeof(float));
    model_score_hidden(model, bag->item, bag->from[NLU_BAG_PAIRS], hidden);
    for (size_t c = 0; c < model->intent_count; c++)
        ratio[c] *= 0.5f;
    model_score_nets(model, hidden, logit);
    nlu_vector_add(ratio, logit, 0.5f, model->width);
    return ERR_NONE;
}
