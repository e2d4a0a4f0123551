/* The computation graph: found whole and once, with its values and gradients, as text and as dot's drawing; no label can break out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plot/graph.h"
#include "ssi/ssi.h"

static char folder[] = "graph-test-XXXXXX";

static char *in_folder(const char *name)
{
    static char path[512];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    return path;
}

static char *contents(const char *path)
{
    static char bytes[1 << 18];
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    bytes[fread(bytes, 1, sizeof(bytes) - 1, file)] = '\0';
    fclose(file);
    return bytes;
}

static ssi_tensor *named(double value, const char *name)
{
    return ssi_label(ssi_number(value), name);
}

/* Two apples at 100, three oranges at 150, a tax of a tenth. */
static ssi_tensor *fruit(void)
{
    ssi_tensor *apples = ssi_mul(named(100, "apple"), named(2, "apples"));
    ssi_tensor *oranges = ssi_mul(named(150, "orange"), named(3, "oranges"));
    return ssi_label(ssi_mul(ssi_add(apples, oranges), named(1.1, "tax")), "price");
}

static void values_and_gradients_of_the_fruit_stand_on_their_graph(void **state)
{
    (void)state;
    char shown[2000];
    ssi_scope scope = ssi_scope_open();
    int64_t length = ssi_graph_text(fruit(), shown, sizeof(shown), .gradients = 1);
    assert_string_equal(shown, "price: mul = 715, gradient 1\n"
                               "|- add = 650, gradient 1.1\n"
                               "|  |- mul = 200, gradient 1.1\n"
                               "|  |  |- apple = 100, gradient 2.2\n"
                               "|  |  `- apples = 2, gradient 110\n"
                               "|  `- mul = 450, gradient 1.1\n"
                               "|     |- orange = 150, gradient 3.3\n"
                               "|     `- oranges = 3, gradient 165\n"
                               "`- tax = 1.1, gradient 650\n");
    assert_int_equal(length, strlen(shown));
    ssi_scope_close(scope);
}

static void what_is_used_twice_is_written_once(void **state)
{
    (void)state;
    char shown[2000];
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_label(ssi_array(((double[]){1, 2}), 2), "x"), *s = ssi_label(ssi_exp(x), "s");
    assert_true(ssi_graph_text(ssi_add(s, ssi_neg(s)), shown, sizeof(shown), .no_values = 1, .unicode = 1) > 0);
    assert_string_equal(shown, "add = f64 (2,)\n"
                               "├─ s: exp = f64 (2,)\n"
                               "│  └─ x = f64 (2,)\n"
                               "└─ neg = f64 (2,)\n"
                               "   └─ s: exp (above)\n");
    ssi_scope_close(scope);
}

static void a_text_too_long_is_cut_and_its_length_told(void **state)
{
    (void)state;
    char shown[10];
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *y = fruit();
    int64_t length = ssi_graph_text(y, NULL, 0);
    assert_true(length > 100);
    assert_int_equal(ssi_graph_text(y, shown, sizeof(shown)), length);
    assert_string_equal(shown, "price: mu");
    ssi_scope_close(scope);
}

static void only_floats_have_gradients(void **state)
{
    (void)state;
    char shown[1000];
    ssi_error error;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *i = ssi_array(((int64_t[]){1, 2, 3}), 3);
    assert_true(ssi_graph_text(ssi_sum(i), shown, sizeof(shown), .gradients = 1) < 0);
    assert_true(ssi_error_take(&error));
    ssi_tensor *x = ssi_label(ssi_array(((double[]){1, 2, 3}), 3), "x");
    assert_true(ssi_graph_text(ssi_mul(x, 2), shown, sizeof(shown), .gradients = 1) < 0); /* not one float */
    assert_true(ssi_error_take(&error));
    assert_true(ssi_graph_text(ssi_sum(ssi_mul(x, ssi_cast(i, SSI_F64))), shown, sizeof(shown), .gradients = 1) > 0);
    assert_non_null(strstr(shown, "x = [1, 2, 3], gradient [1, 2, 3]"));
    ssi_scope_close(scope);
}

static void a_chain_of_thousands_needs_no_stack_and_more_are_refused(void **state)
{
    (void)state;
    ssi_error error;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_array(((double[]){0}), 1);
    for (int i = 0; i < 4000; i++) {
        x = ssi_sin(x);
    }
    assert_true(ssi_graph_text(x, NULL, 0, .no_values = 1) > 4000);
    for (int i = 0; i < 200; i++) {
        x = ssi_sin(x);
    }
    assert_true(ssi_graph_text(x, NULL, 0, .no_values = 1) < 0);
    assert_true(ssi_error_take(&error));
    assert_non_null(strstr(error.message, "more than 4096"));
    ssi_scope_close(scope);
}

static void each_ending_gives_its_form(void **state)
{
    (void)state;
    static const struct {
        const char *name, *begins;
    } forms[] = {{"g.svg", "<?xml"},
                 {"g.png", "\x89PNG"},
                 {"g.pdf", "%PDF"},
                 {"g.dot", "digraph {"},
                 {"g.txt", "price: mul = 715\n"}};
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *y = fruit();
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        assert_int_equal(ssi_graph_save(y, in_folder(forms[i].name)), 0);
        assert_memory_equal(contents(in_folder(forms[i].name)), forms[i].begins, strlen(forms[i].begins));
        unlink(in_folder(forms[i].name));
    }
    assert_int_equal(ssi_graph_save(y, in_folder("g.svg"), .gradients = 1), 0);
    const char *svg = contents(in_folder("g.svg"));
    static const char *const numbers[] = {">715<", ">110<", ">2.2<", ">3.3<", ">165<", ">650<"};
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        assert_non_null(strstr(svg, numbers[i]));
    }
    unlink(in_folder("g.svg"));
    ssi_scope_close(scope);
}

static void no_label_is_read_as_a_command(void **state)
{
    (void)state;
    static const char *const hostile[] = {
        "<b>",       "</b></td>", "\"]; n9 [a=\"",        "\\N\\G\\L", "&lt;&#0;&", "`touch x`", "a\nb\x1b[2J",
        "}digraph{", "\xff\xfe",  "가나다라마바사아자차", "<<>>",      " "};
    ssi_scope scope = ssi_scope_open();
    for (size_t i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++) {
        char shown[1000];
        ssi_tensor *y = ssi_add(named(1, hostile[i]), named(2, "b"));
        if (ssi_graph_save(y, in_folder("g.svg")) != 0) {
            fail_msg("%s: %s", hostile[i], ssi_error_peek()->message);
        }
        const char *svg = contents(in_folder("g.svg"));
        int nodes = 0;
        for (const char *s = svg; (s = strstr(s, "class=\"node\"")) != NULL; s++) {
            nodes++;
        }
        assert_int_equal(nodes, 3);
        assert_true(ssi_graph_text(y, shown, sizeof(shown)) > 0);
        assert_null(strchr(shown, '\x1b'));
    }
    unlink(in_folder("g.svg"));
    ssi_scope_close(scope);
}

static void without_dot_the_package_is_named_and_text_still_works(void **state)
{
    (void)state;
    ssi_error error;
    char before[4096];
    snprintf(before, sizeof(before), "%s", getenv("PATH"));
    setenv("PATH", folder, 1);
    ssi_scope scope = ssi_scope_open();
    assert_int_equal(ssi_graph_save(fruit(), in_folder("g.svg")), SSI_UNSUPPORTED);
    assert_true(ssi_error_take(&error));
    assert_non_null(strstr(error.hint, "apt-get install graphviz"));
    assert_int_equal(ssi_graph_save(fruit(), in_folder("g.txt")), 0);
    setenv("PATH", before, 1);
    unlink(in_folder("g.txt"));
    assert_int_equal(ssi_graph_save(fruit(), in_folder("g.jpg")), SSI_INVALID);
    assert_true(ssi_error_take(&error));
    assert_int_equal(ssi_graph_save(fruit(), in_folder("none/g.txt")), SSI_NOT_FOUND);
    assert_true(ssi_error_take(&error));
    ssi_scope_close(scope);
}

static void null_is_passed_on_quietly(void **state)
{
    (void)state;
    assert_true(ssi_graph_text(NULL, NULL, 0) < 0);
    assert_true(ssi_graph_save(NULL, "x.svg") < 0);
    assert_false(ssi_error_take(NULL));
}

static int build(void)
{
    ssi_scope scope = ssi_scope_open();
    int64_t length = ssi_graph_text(fruit(), NULL, 0, .gradients = 1);
    ssi_scope_close(scope);
    return length > 0 ? 0 : -1;
}

static void any_failed_allocation_is_an_error_and_leaks_nothing(void **state)
{
    (void)state;
    assert_int_equal(build(), 0);
    int failures = 0;
    for (uint64_t k = 1; k < 10000; k++) {
        ssi_test_fail_allocation(k);
        int status = build();
        ssi_test_fail_allocation(0);
        if (status == 0 && !ssi_failed()) {
            break;
        }
        failures++;
        assert_true(ssi_error_take(NULL));
    }
    assert_in_range(failures, 3, 9000);
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) != NULL ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_and_gradients_of_the_fruit_stand_on_their_graph),
        cmocka_unit_test(what_is_used_twice_is_written_once),
        cmocka_unit_test(a_text_too_long_is_cut_and_its_length_told),
        cmocka_unit_test(only_floats_have_gradients),
        cmocka_unit_test(a_chain_of_thousands_needs_no_stack_and_more_are_refused),
        cmocka_unit_test(each_ending_gives_its_form),
        cmocka_unit_test(no_label_is_read_as_a_command),
        cmocka_unit_test(without_dot_the_package_is_named_and_text_still_works),
        cmocka_unit_test(null_is_passed_on_quietly),
        cmocka_unit_test(any_failed_allocation_is_an_error_and_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
