/*
 * optimizer.c - optimisers, as array arithmetic: each rule says what is assigned to a weight w and to what it remembers, given dw.
 *
 * Formulas and defaults are PyTorch's (torch.optim), so that runs can be compared step by step. Numbers that change from step to step (learning rate,
 * bias corrections) are C numbers, which no plan depends on. Whether a term is written at all depends on the options alone.
 *
 * To add one: its rule, a line in `rules`, its options and its constructor in ssi/nn.h.
 */
#include <math.h>
#include <string.h>

#include "nn/nn.h"

enum { MOST_SLOTS = 3 };

typedef struct update {
    const ssi_optimizer *o;
    ssi_tensor *w, *dw;                    /* value and gradient */
    ssi_tensor *s[MOST_SLOTS];             /* what is remembered */
    double t;                              /* this step's number, from 1 */
    ssi_tensor *new_w, *new_s[MOST_SLOTS]; /* NULL new_s: unchanged */
} update;

typedef struct rule {
    const char *name;
    void (*write)(update *u);
} rule;

struct ssi_optimizer {
    const rule *rule;
    double lr, momentum, dampening, weight_decay, eps, alpha, beta1, beta2, lr_decay, initial;
    bool nesterov, centered;
    int slots;
    uint64_t steps;
    ssi_model *owner;
    int count;         /* parameters */
    ssi_tensor **slot; /* [count][slots]; NULL before the first step */
};

/* ---- rules ---- */

/* dw, with the decay that pulls weights to 0 added as if the loss had a term weight_decay/2 w^2. */
static ssi_tensor *decayed(const update *u)
{
    return u->o->weight_decay != 0 ? ssi_add(u->dw, ssi_mul(u->w, u->o->weight_decay)) : u->dw;
}

/* s <- momentum s + (1 - dampening) dw, the first time dw;  w <- w - lr s, or - lr (dw + momentum s) by Nesterov. */
static void sgd(update *u)
{
    const ssi_optimizer *o = u->o;
    ssi_tensor *d = decayed(u);
    if (o->momentum != 0) {
        ssi_tensor *moved = ssi_mul(d, u->t > 1 ? 1 - o->dampening : 1.0);
        u->new_s[0] = ssi_add(ssi_mul(u->s[0], o->momentum), moved);
        d = o->nesterov ? ssi_add(d, ssi_mul(u->new_s[0], o->momentum)) : u->new_s[0];
    }
    u->new_w = ssi_sub(u->w, ssi_mul(d, o->lr));
}

/* s <- s + dw^2;  w <- w - lr / (1 + (t-1) lr_decay) dw / (sqrt(s) + eps). Duchi et al. 2011 */
static void adagrad(update *u)
{
    const ssi_optimizer *o = u->o;
    ssi_tensor *d = decayed(u);
    u->new_s[0] = ssi_add(u->s[0], ssi_mul(d, d));
    ssi_tensor *scaled = ssi_div(d, ssi_add(ssi_sqrt(u->new_s[0]), o->eps));
    u->new_w = ssi_sub(u->w, ssi_mul(scaled, o->lr / (1 + (u->t - 1) * o->lr_decay)));
}

/* s0 <- alpha s0 + (1-alpha) dw^2;  d = dw / (sqrt(s0) + eps), centred: less the mean's square s1^2;  with momentum s2 <- momentum s2 + d;
 * w <- w - lr d. Tieleman and Hinton 2012 */
static void rmsprop(update *u)
{
    const ssi_optimizer *o = u->o;
    ssi_tensor *d = decayed(u);
    ssi_tensor *variance = u->new_s[0] = ssi_add(ssi_mul(u->s[0], o->alpha), ssi_mul(ssi_mul(d, d), 1 - o->alpha));
    if (o->centered) {
        u->new_s[1] = ssi_add(ssi_mul(u->s[1], o->alpha), ssi_mul(d, 1 - o->alpha));
        variance = ssi_sub(variance, ssi_mul(u->new_s[1], u->new_s[1]));
    }
    d = ssi_div(d, ssi_add(ssi_sqrt(variance), o->eps));
    if (o->momentum != 0)
        d = u->new_s[2] = ssi_add(ssi_mul(u->s[2], o->momentum), d);
    u->new_w = ssi_sub(u->w, ssi_mul(d, o->lr));
}

/* m <- m + (1-b1)(dw - m);  v <- v + (1-b2)(dw^2 - v);  w <- w - lr/(1-b1^t) m / (sqrt(v)/sqrt(1-b2^t) + eps). Kingma and Ba 2015
 * The second root is divided by once, here: for each weight a multiplication is enough. */
static void adam_from(update *u, ssi_tensor *w, ssi_tensor *d)
{
    const ssi_optimizer *o = u->o;
    ssi_tensor *m = u->new_s[0] = ssi_add(u->s[0], ssi_mul(ssi_sub(d, u->s[0]), 1 - o->beta1));
    ssi_tensor *v = u->new_s[1] = ssi_add(u->s[1], ssi_mul(ssi_sub(ssi_mul(d, d), u->s[1]), 1 - o->beta2));
    double rate = o->lr / (1 - pow(o->beta1, u->t)), root = 1 / sqrt(1 - pow(o->beta2, u->t));
    ssi_tensor *scaled = ssi_div(m, ssi_add(ssi_mul(ssi_sqrt(v), root), o->eps));
    u->new_w = ssi_sub(w, ssi_mul(scaled, rate));
}

static void adam(update *u)
{
    adam_from(u, u->w, decayed(u));
}

/* The decay acts on the weight, not through the gradient. Loshchilov and Hutter 2019 */
static void adamw(update *u)
{
    adam_from(u, ssi_mul(u->w, 1 - u->o->lr * u->o->weight_decay), u->dw);
}

/* ---- making ---- */

/* 0 is the default, a negative number is 0. */
static double or_default(double given, double otherwise)
{
    return given == 0 ? otherwise : given < 0 ? 0 : given;
}

static ssi_optimizer *make(const ssi_optimizer *wanted)
{
    const char *name = wanted->rule->name;
    const double numbers[] = {wanted->lr,       wanted->momentum, wanted->dampening, wanted->weight_decay,
                              wanted->eps,      wanted->alpha,    wanted->beta1,     wanted->beta2,
                              wanted->lr_decay, wanted->initial};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (!(numbers[i] >= 0 && numbers[i] < INFINITY))
            return SSI_FAIL_NULL(SSI_INVALID, name, "%g is no setting of an optimiser", numbers[i]);
    }
    if (wanted->beta1 >= 1 || wanted->beta2 >= 1 || wanted->alpha > 1)
        return SSI_FAIL_NULL(SSI_INVALID, name, "beta1 %g and beta2 %g must be less than 1, alpha %g at most",
                             wanted->beta1, wanted->beta2, wanted->alpha);
    if (wanted->nesterov && (wanted->momentum == 0 || wanted->dampening != 0))
        return SSI_FAIL_NULL(SSI_INVALID, name, "Nesterov's method needs momentum, and no dampening\n.momentum = 0.9");
    ssi_optimizer *o = ssi_alloc(sizeof *o);
    if (o)
        *o = *wanted;
    return o;
}

ssi_optimizer *(ssi_sgd)(const ssi_sgd_options *given)
{
    static const rule sgd_rule = {"sgd", sgd};
    ssi_sgd_options options = SSI_OPTIONS(ssi_sgd_options, given);
    return make(&(ssi_optimizer){.rule = &sgd_rule,
                                 .slots = options.momentum != 0,
                                 .lr = or_default(options.lr, 0.01),
                                 .momentum = options.momentum,
                                 .dampening = options.dampening,
                                 .weight_decay = options.weight_decay,
                                 .nesterov = options.nesterov != 0});
}

ssi_optimizer *(ssi_adagrad)(const ssi_adagrad_options *given)
{
    static const rule adagrad_rule = {"adagrad", adagrad};
    ssi_adagrad_options options = SSI_OPTIONS(ssi_adagrad_options, given);
    return make(&(ssi_optimizer){.rule = &adagrad_rule,
                                 .slots = 1,
                                 .lr = or_default(options.lr, 0.01),
                                 .eps = or_default(options.eps, 1e-10),
                                 .lr_decay = options.lr_decay,
                                 .weight_decay = options.weight_decay,
                                 .initial = options.initial_accumulator});
}

ssi_optimizer *(ssi_rmsprop)(const ssi_rmsprop_options *given)
{
    static const rule rmsprop_rule = {"rmsprop", rmsprop};
    ssi_rmsprop_options options = SSI_OPTIONS(ssi_rmsprop_options, given);
    return make(&(ssi_optimizer){.rule = &rmsprop_rule,
                                 .slots = options.momentum != 0 ? 3
                                          : options.centered    ? 2
                                                                : 1,
                                 .lr = or_default(options.lr, 0.01),
                                 .alpha = or_default(options.alpha, 0.99),
                                 .eps = or_default(options.eps, 1e-8),
                                 .momentum = options.momentum,
                                 .weight_decay = options.weight_decay,
                                 .centered = options.centered != 0});
}

static ssi_optimizer *make_adam(const rule *by, const ssi_adam_options *given, double weight_decay)
{
    ssi_adam_options options = SSI_OPTIONS(ssi_adam_options, given);
    return make(&(ssi_optimizer){.rule = by,
                                 .slots = 2,
                                 .lr = or_default(options.lr, 1e-3),
                                 .beta1 = or_default(options.beta1, 0.9),
                                 .beta2 = or_default(options.beta2, 0.999),
                                 .eps = or_default(options.eps, 1e-8),
                                 .weight_decay = or_default(options.weight_decay, weight_decay)});
}

ssi_optimizer *(ssi_adam)(const ssi_adam_options *given)
{
    static const rule adam_rule = {"adam", adam};
    return make_adam(&adam_rule, given, 0);
}

ssi_optimizer *(ssi_adamw)(const ssi_adam_options *given)
{
    static const rule adamw_rule = {"adamw", adamw};
    return make_adam(&adamw_rule, given, 0.01);
}

ssi_optimizer *ssi_optimizer_named(const char *name, double lr)
{
    static const char *const names[] = {"sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw", NULL};
    int which = 0;
    if (!name)
        return NULL;
    while (names[which] && strcmp(names[which], name) != 0)
        which++;
    switch (which) {
    case 0:
        return ssi_sgd(.lr = lr);
    case 1:
        return ssi_sgd(.lr = lr, .momentum = 0.9);
    case 2:
        return ssi_sgd(.lr = lr, .momentum = 0.9, .nesterov = 1);
    case 3:
        return ssi_adagrad(.lr = lr);
    case 4:
        return ssi_rmsprop(.lr = lr);
    case 5:
        return ssi_adam(.lr = lr);
    case 6:
        return ssi_adamw(.lr = lr);
    default:
        break;
    }
    const char *near = ssi_nearest_name(name, names);
    return SSI_FAIL_NULL(SSI_NOT_FOUND, "optimizer", "there is no '%.40s'\n%s%s%s", name, near ? "did you mean " : "",
                         near ? near : "sgd, momentum, nesterov, adagrad, rmsprop, adam or adamw", near ? "?" : "");
}

double ssi_learning_rate(const ssi_optimizer *optimizer)
{
    return optimizer ? optimizer->lr : NAN;
}

int ssi_set_learning_rate(ssi_optimizer *optimizer, double lr)
{
    if (!optimizer)
        return ssi_status_or(SSI_INVALID);
    if (!(lr >= 0 && lr < INFINITY))
        return ssi_fail(SSI_INVALID, optimizer->rule->name, "%g is no learning rate", lr);
    optimizer->lr = lr;
    return SSI_OK;
}

/* ---- whose it is ---- */

static void free_optimizer(ssi_optimizer *o)
{
    for (int i = 0; o && o->slot && i < o->count * o->slots; i++)
        ssi_handle_free(o->slot[i]);
    if (o)
        ssi_free(o->slot);
    ssi_free(o);
}

void ssi_optimizer_free(ssi_optimizer *optimizer)
{
    if (optimizer && !optimizer->owner)
        free_optimizer(optimizer);
}

void ssi_optimizer_abandon(ssi_optimizer *optimizer)
{
    free_optimizer(optimizer);
}

int ssi_optimizer_adopt(ssi_model *model, ssi_optimizer *optimizer)
{
    if (optimizer == model->optimizer)
        return SSI_OK;
    if (optimizer->owner)
        return ssi_fail(SSI_INVALID, optimizer->rule->name,
                        "the optimiser belongs to another model\nmake one for each model");
    free_optimizer(model->optimizer);
    optimizer->owner = model;
    model->optimizer = optimizer;
    return SSI_OK;
}

/* ---- a step ---- */

int ssi_optimizer_prepare(ssi_optimizer *o, int n, ssi_tensor *const *parameters)
{
    if (o->slot && o->count != n)
        return ssi_fail(SSI_INVALID, o->rule->name, "%d parameters, but %d in the steps before", n, o->count);
    if (o->slot || o->slots == 0)
        return SSI_OK;
    ssi_tensor **slot = ssi_calloc((size_t)n * (size_t)o->slots, sizeof *slot);
    bool made = slot != NULL;
    for (int i = 0; made && i < n * o->slots; i++) {
        const ssi_tensor *w = parameters[i / o->slots];
        slot[i] = ssi_handle_full((ssi_dtype)w->dtype, w->rank, w->shape, o->initial);
        made = slot[i] != NULL;
    }
    for (int i = 0; !made && slot && i < n * o->slots; i++)
        ssi_handle_free(slot[i]);
    if (!made) {
        ssi_free(slot);
        return ssi_status_or(SSI_NO_MEMORY);
    }
    o->slot = slot;
    o->count = n;
    return SSI_OK;
}

uint64_t ssi_optimizer_steps(const ssi_optimizer *optimizer)
{
    return optimizer->steps;
}

void ssi_optimizer_set_steps(ssi_optimizer *optimizer, uint64_t steps)
{
    optimizer->steps = steps;
}

static bool write_update(const ssi_optimizer *o, int i, ssi_tensor *w, ssi_tensor *dw, update *u)
{
    *u = (update){.o = o, .w = ssi_resolve(w), .dw = dw, .t = (double)(o->steps + 1)};
    bool good = u->w && u->dw;
    for (int s = 0; s < o->slots && good; s++)
        good = (u->s[s] = ssi_resolve(o->slot[i * o->slots + s])) != NULL;
    if (good)
        o->rule->write(u);
    return good && u->new_w;
}

/* Writes all updates; only then does it assign, so that a step is written whole or not at all. */
int ssi_step(ssi_optimizer *o, int n, ssi_tensor *const *parameters, ssi_tensor *const *gradients)
{
    ssi_tensor *handle[SSI_MAX_PARAMETERS * (1 + MOST_SLOTS)], *value[SSI_MAX_PARAMETERS * (1 + MOST_SLOTS)];
    int count = 0;
    if (!o || !parameters || !gradients)
        return ssi_status_or(SSI_INVALID);
    if (n < 1 || n > SSI_MAX_PARAMETERS)
        return ssi_fail(SSI_INVALID, o->rule->name, "a step takes 1 to %d parameters, not %d", SSI_MAX_PARAMETERS, n);
    int status = ssi_optimizer_prepare(o, n, parameters);
    for (int i = 0; i < n && status == SSI_OK; i++) {
        update u;
        if (!write_update(o, i, parameters[i], gradients[i], &u))
            return ssi_status_or(SSI_INVALID);
        handle[count] = parameters[i];
        value[count++] = u.new_w;
        for (int s = 0; s < o->slots; s++) {
            if (!u.new_s[s])
                continue;
            handle[count] = o->slot[i * o->slots + s];
            value[count++] = u.new_s[s];
        }
    }
    if (status == SSI_OK)
        status = ssi_assign_all(count, handle, value);
    o->steps += status == SSI_OK;
    return status;
}
