/*
 * docs/operations.md is what the table says. After a change of the table: test_table_page --print > docs/operations.md
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ops/op.h"

static void write_name(FILE *out, const char *name)
{
    if (name)
        fprintf(out, " `%s` |", name);
    else
        fprintf(out, " - |");
}

static void write_page(FILE *out)
{
    fprintf(
        out,
        "# The operations\n\n"
        "Everything else in ssi is written in these. Signatures are NumPy's: `n?` may be missing, `...` is any number "
        "of "
        "axes; operands of\nelementwise operations broadcast. Of every operation the tests check values against its "
        "definition, and first and second gradients\nagainst finite differences. `include/ssi/ops.h` has the rest: "
        "dtypes, errors, arguments.\n\n"
        "This page is written by the tests from the table in `src/ops/`.\n\n"
        "| operation | signature | value | gradient | NumPy | PyTorch | ONNX |\n|---|---|---|---|---|---|---|\n");
    for (int i = 0; ssi_ops[i]; i++) {
        const ssi_op *op = ssi_ops[i];
        if (op->kind == SSI_KIND_LEAF || op->kind == SSI_KIND_NUMBER)
            continue;
        fprintf(out, "| `%s` | `%s` | %s | %s%s |", op->name, op->words->signature, op->words->doc,
                op->gradient ? "yes" : "none: ", op->gradient ? "" : op->no_gradient);
        write_name(out, op->words->numpy);
        write_name(out, op->words->torch);
        write_name(out, op->words->onnx);
        fprintf(out, "\n");
    }
}

static void the_page_of_operations_is_what_the_table_says(void **state)
{
    (void)state;
    static char is[1 << 16], should_be[1 << 16];
    FILE *in = fopen(SSI_TESTS "/../docs/operations.md", "r"), *out = fmemopen(should_be, sizeof should_be, "w");
    assert_non_null(in);
    assert_non_null(out);
    is[fread(is, 1, sizeof is - 1, in)] = '\0';
    fclose(in);
    write_page(out);
    fclose(out);
    assert_string_equal(is, should_be);
}

int main(int argc, char **argv)
{
    if (argc > 1 && !strcmp(argv[1], "--print")) {
        write_page(stdout);
        return 0;
    }
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_page_of_operations_is_what_the_table_says)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
