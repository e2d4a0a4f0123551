/*
 * tally.c - sums over batches. They never start anew, for that would be one more run: what is asked for is the difference.
 */
#include <math.h>

#include "nn/tally.h"

bool ssi_tally_make(ssi_tally *tally, int64_t classes, bool confusion)
{
    *tally = (ssi_tally){0};
    tally->loss = ssi_handle_full(SSI_F64, 0, NULL, 0);
    if (classes)
        tally->correct = ssi_handle_full(SSI_I64, 0, NULL, 0);
    if (classes && confusion)
        tally->confusion = ssi_handle_full(SSI_I64, 2, (const int64_t[]){classes, classes}, 0);
    if (tally->loss && (tally->correct || !classes) && (tally->confusion || !classes || !confusion))
        return true;
    ssi_tally_free(tally);
    return false;
}

void ssi_tally_free(ssi_tally *tally)
{
    ssi_handle_free(tally->loss);
    ssi_handle_free(tally->correct);
    ssi_handle_free(tally->confusion);
    *tally = (ssi_tally){0};
}

int ssi_tally_add(ssi_tally *tally, ssi_tensor *loss, ssi_tensor *outputs, ssi_tensor *targets)
{
    ssi_tensor *sum[3] = {tally->loss}, *value[3];
    int64_t examples = ssi_dim(targets, 0);
    int count = 1;
    value[0] = ssi_add(tally->loss, ssi_mul(ssi_cast(loss, SSI_F64), (double)examples));
    if (tally->correct) {
        sum[count] = tally->correct;
        value[count++] = ssi_add(tally->correct, ssi_count_correct(outputs, targets));
    }
    if (tally->confusion) {
        int64_t classes = ssi_dim(outputs, 1);
        sum[count] = tally->confusion;
        value[count++] = ssi_add(tally->confusion, ssi_confusion_matrix(targets, ssi_argmax(outputs, -1), classes));
    }
    int status = ssi_assign_all(count, sum, value);
    tally->examples += status == SSI_OK ? examples : 0;
    return status;
}

static int read_sums(const ssi_tally *tally, double *loss, int64_t *correct)
{
    *loss = NAN;
    *correct = 0;
    ssi_scope scope = ssi_scope_open();
    if (!scope.scope)
        return SSI_NO_MEMORY;
    int status = ssi_read(tally->loss, SSI_F64, loss, 1);
    if (status == SSI_OK && tally->correct)
        status = ssi_item_int(tally->correct, correct);
    ssi_scope_close(scope);
    return status;
}

int ssi_tally_read(const ssi_tally *tally, double *loss, double *accuracy)
{
    int64_t correct;
    int status = read_sums(tally, loss, &correct);
    *loss = (*loss - tally->loss_before) / (double)tally->examples;
    *accuracy = tally->correct ? (double)(correct - tally->correct_before) / (double)tally->examples : NAN;
    return status;
}

int ssi_tally_restart(ssi_tally *tally)
{
    tally->examples = 0;
    return read_sums(tally, &tally->loss_before, &tally->correct_before);
}
