/* Plain stochastic gradient descent, one example at a time. Draws come from a fixed seed: the same bot becomes the same nets. */
#include "engine/nlu_net.h"

#include "base/alloc.h"
#include "engine/nlu_random.h"
#include "engine/nlu_vector.h"

#include <math.h>
#include <string.h>

#define NET_PASSES 12
#define NET_RATE 0.1f
#define NET_OUT_RATE 0.3f /* of NET_RATE */
#define NET_SMOOTH 0.05f
#define NET_HIDDEN_KEPT 0.85f
#define NET_SMALL 1e-4f

struct net_walk {
    struct nlu_random random;
    float rate;
    float *logit; /* width; becomes the gradient */
    float hidden[NLU_NET_HIDDEN], back[NLU_NET_HIDDEN];
    struct nlu_item kept[NLU_BAG_MAX];
    size_t kept_count;
};

void
nlu_net_softmax(float *logit, size_t count, float by)
{
    float most = logit[0], sum = 0;

    for (size_t c = 1; c < count; c++)
        most = logit[c] > most ? logit[c] : most;
    for (size_t c = 0; c < count; c++) {
        float x = by * (logit[c] - most);
        logit[c] = x > -12 ? expf(x) : 0;
        sum += logit[c];
    }
    for (size_t c = 0; c < count; c++)
        logit[c] /= sum;
}

static void
net_forward(const struct nlu_net *net, const struct nlu_set *set, size_t i, struct net_walk *walk)
{
    const struct nlu_item *item = set->item + set->from[i];
    size_t count = set->pairs_from[i] - set->from[i];

    memcpy(walk->hidden, net->hidden_bias, sizeof walk->hidden);
    walk->kept_count = 0;
    for (size_t k = 0; k < count; k += 32) /* one bit decides on a feature: half of them stay */
        for (uint32_t bits = nlu_random_take(&walk->random), j = 0; j < 32 && k + j < count; j++, bits >>= 1)
            if (bits & 1)
                walk->kept[walk->kept_count++] = (struct nlu_item){item[k + j].row, item[k + j].value * 2};
    nlu_vector_gather(walk->hidden, net->embed, NLU_NET_HIDDEN, walk->kept, walk->kept_count);
    memcpy(walk->logit, net->out_bias, net->width * sizeof(float));
    for (size_t k = 0; k < NLU_NET_HIDDEN; k++) {
        bool kept = walk->hidden[k] > 0 && nlu_random_ratio(&walk->random) < NET_HIDDEN_KEPT;
        walk->hidden[k] = kept ? walk->hidden[k] / NET_HIDDEN_KEPT : 0;
        if (kept)
            nlu_vector_add(walk->logit, net->out + k * net->width, walk->hidden[k], net->width);
    }
}

/* The step of a row whose gradient has this mean square. */
static float
net_step(float rate, float power, float *speed)
{
    *speed += power;
    return rate / (sqrtf(*speed) + NET_SMALL);
}

/* The output layer learns; what it passes back is left in walk->back. */
static void
net_backward_out(struct nlu_net *net, size_t count, struct net_walk *walk)
{
    float power = nlu_vector_dot(walk->logit, walk->logit, net->width) / (float)count;

    for (size_t k = 0; k < NLU_NET_HIDDEN; k++) {
        float *row = net->out + k * net->width, value = walk->hidden[k];
        walk->back[k] = 0;
        if (value <= 0)
            continue;
        walk->back[k] = nlu_vector_dot(row, walk->logit, net->width) / NET_HIDDEN_KEPT;
        float rate = net_step(walk->rate * NET_OUT_RATE, power * value * value, &net->out_speed[k]);
        nlu_vector_add(row, walk->logit, -rate * value, net->width);
    }
    nlu_vector_add(net->out_bias, walk->logit, -net_step(walk->rate, power, &net->out_bias_speed), net->width);
}

static void
net_backward_in(struct nlu_net *net, struct net_walk *walk)
{
    float power = nlu_vector_dot(walk->back, walk->back, NLU_NET_HIDDEN) / (float)NLU_NET_HIDDEN;

    nlu_vector_add(net->hidden_bias, walk->back, -net_step(walk->rate, power, &net->hidden_speed), NLU_NET_HIDDEN);
    for (size_t k = 0; k < walk->kept_count; k++) {
        struct nlu_item *item = &walk->kept[k];
        item->value *= -net_step(walk->rate, power * item->value * item->value, &net->embed_speed[item->row]);
    }
    nlu_vector_spread(net->embed, NLU_NET_HIDDEN, walk->kept, walk->kept_count, walk->back);
}

static void
net_learn(struct nlu_net *net, const struct nlu_set *set, size_t i, struct net_walk *walk)
{
    net_forward(net, set, i, walk);
    nlu_net_softmax(walk->logit, set->intent_count, 1);
    for (size_t c = 0; c < set->intent_count; c++)
        walk->logit[c] -= NET_SMOOTH / (float)set->intent_count + (c == set->intent[i] ? 1 - NET_SMOOTH : 0);
    net_backward_out(net, set->intent_count, walk);
    net_backward_in(net, walk);
}

static void
net_init(struct nlu_net *net, size_t intent_count, struct nlu_random *random)
{
    for (size_t i = 0; i < net->row_count * NLU_NET_HIDDEN; i++)
        net->embed[i] = 0.26f * (2 * nlu_random_ratio(random) - 1);
    for (size_t k = 0; k < NLU_NET_HIDDEN; k++)
        for (size_t c = 0; c < intent_count; c++) /* the padding stays 0 and learns nothing */
            net->out[k * net->width + c] = 0.1f * (2 * nlu_random_ratio(random) - 1);
}

static enum err
net_room(struct nlu_net *net)
{
    void *piece = NULL;

    TRY(alloc_make(net->row_count * NLU_NET_HIDDEN, sizeof(float), &piece));
    net->embed = piece;
    TRY(alloc_make(net->row_count, sizeof(float), &piece));
    net->embed_speed = piece;
    TRY(alloc_make(NLU_NET_HIDDEN * net->width, sizeof(float), &piece));
    net->out = piece;
    TRY(alloc_make(net->width, sizeof(float), &piece));
    net->out_bias = piece;
    return ERR_NONE;
}

static enum err
net_train(struct nlu_net *net, const struct nlu_set *set, const uint8_t *fold, int without, unsigned seed)
{
    void *walk_piece = NULL, *logit = NULL, *order_piece = NULL;
    size_t count = 0;

    enum err err = alloc_make(1, sizeof(struct net_walk), &walk_piece);
    if (err == ERR_NONE)
        err = alloc_make(net->width, sizeof(float), &logit);
    if (err == ERR_NONE)
        err = alloc_make(set->count, sizeof(uint32_t), &order_piece);
    struct net_walk *walk = walk_piece;
    uint32_t *order = order_piece;
    for (size_t i = 0; i < set->count && err == ERR_NONE; i++)
        if (!fold || fold[i] != without)
            order[count++] = (uint32_t)i;
    if (err == ERR_NONE) {
        walk->random = (struct nlu_random)NLU_RANDOM_SEED(seed);
        walk->logit = logit;
        net_init(net, set->intent_count, &walk->random);
    }
    for (size_t step = 0; step < NET_PASSES * count && err == ERR_NONE; step++) {
        if (step % count == 0)
            nlu_random_shuffle(&walk->random, order, count);
        walk->rate = NET_RATE * (1 - (float)step / (float)(NET_PASSES * count));
        net_learn(net, set, order[step % count], walk);
    }
    alloc_free(&order_piece);
    alloc_free(&logit);
    alloc_free(&walk_piece);
    return err;
}

enum err
nlu_net_make(const struct nlu_set *set, size_t row_count, const uint8_t *fold, int without, unsigned seed, struct nlu_net *out)
{
    struct nlu_net net = {.width = NLU_VECTOR_PAD(set->intent_count), .row_count = row_count};

    enum err err = net_room(&net);
    if (err == ERR_NONE)
        err = net_train(&net, set, fold, without, seed);
    if (err != ERR_NONE)
        nlu_net_free(&net);
    else
        *out = net;
    return err;
}

void
nlu_net_free(struct nlu_net *net)
{
    alloc_free(&net->embed);
    alloc_free(&net->embed_speed);
    alloc_free(&net->out);
    alloc_free(&net->out_bias);
}
