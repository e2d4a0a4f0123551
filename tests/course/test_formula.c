/*
 * What the formulas of the lessons look like in a terminal and in the book; and that anything is read.
 */
#include "../../cli/course/arena.c"
#include "../../cli/course/formula.c"
#include "../../cli/course/formula_mathml.c"
#include "../../cli/course/formula_print.c"
#include "../../cli/course/html.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

/* The formula as a line, or as MathML; valid until the next call. */
static const char *shown(const char *latex, bool mathml)
{
    static char *text;
    size_t length;
    free(text);
    FILE *out = open_memstream(&text, &length);
    arena *pool = arena_new();
    const formula *read = formula_read(pool, latex);
    if (mathml) {
        formula_print_mathml(out, read, false);
    } else {
        formula_print(out, read);
    }
    fclose(out);
    arena_free(pool);
    return text;
}

static void formulas_are_lines_of_unicode(void **state)
{
    static const char *const cases[][2] = {
        {"b + w_1 x_1 + w_2 x_2 > 0", "b + w₁x₁ + w₂x₂ > 0"},
        {"-w_1 < -3", "−w₁ < −3"},
        {"f(-x) = -f(x)", "f(−x) = −f(x)"},
        {"\\sigma(x) = \\frac{1}{1+e^{-x}}", "σ(x) = 1/(1 + e⁻ˣ)"},
        {"\\frac12", "1/2"},
        {"\\frac{\\partial L}{\\partial w_{ij}}", "∂L/∂wᵢⱼ"},
        {"\\frac{f(x+h)-f(x-h)}{2h}", "(f(x + h) − f(x − h))/(2h)"},
        {"\\sum_{i=1}^{n} x_i^2", "∑ᵢ₌₁ⁿ xᵢ²"},
        {"\\tanh x = 2\\sigma(2x) - 1", "tanh x = 2σ(2x) − 1"},
        {"\\begin{cases} 0 & (x \\le \\theta) \\\\ 1 & (x > \\theta) \\end{cases}", "{ 0, (x ≤ θ); 1, (x > θ) }"},
        {"\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}", "(1 2; 3 4)"},
        {"\\sqrt{a+b}", "√(a + b)"},
        {"w_{\\text{새}} = w - \\eta g", "w_새 = w − ηg"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_string_equal(shown(cases[i][0], false), cases[i][1]);
    }
}

static void formulas_are_mathml(void **state)
{
    assert_string_equal(
        shown("w_1^2 < \\frac{1}{2}", true),
        "<math><mrow><msubsup><mi>w</mi><mn>1</mn><mn>2</mn></msubsup><mo>&lt;</mo><mfrac><mrow><mn>1</mn></mrow><mrow>"
        "<mn>2</mn></mrow></mfrac></mrow></math>");
    assert_string_equal(
        shown("\\begin{bmatrix} a & b \\\\ c \\end{bmatrix}", true),
        "<math><mrow><mrow><mtable "
        "class=\"square\"><mtr><mtd><mrow><mi>a</mi></mrow></mtd><mtd><mrow><mi>b</mi></mrow></mtd></mtr>"
        "<mtr><mtd><mrow><mi>c</mi></mrow></mtd><mtd><mrow></mrow></mtd></mtr></mtable></mrow></mrow></math>");
    assert_string_equal(shown("q = -b", true),
                        "<math><mrow><mi>q</mi><mo>=</mo><mo form=\"prefix\">−</mo><mi>b</mi></mrow></math>");
    assert_string_equal(shown("a \\qquad b", true),
                        "<math><mrow><mi>a</mi><mspace width=\"2em\"/><mi>b</mi></mrow></math>");
}

static void what_is_unknown_stands_as_its_name(void **state)
{
    assert_string_equal(shown("\\wibble x", false), "wibblex");
}

/* Every piece of every one of these, and groups far too deep: read without harm, in bounded time. */
static void anything_is_read(void **state)
{
    static const char *const odd[] = {"\\frac{\\sqrt{x_{1}}}{\\left( y \\right)}^{2}",
                                      "\\begin{cases} a & b \\\\ \\end{cases}", "}{&\\\\\\end{x}", "^^__", "x_"};
    for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
        for (size_t length = 0; length <= strlen(odd[i]); length++) {
            char piece[128];
            snprintf(piece, sizeof(piece), "%.*s", (int)length, odd[i]);
            assert_non_null(shown(piece, false));
            assert_non_null(shown(piece, true));
        }
    }
    char deep[6001] = "";
    for (int i = 0; i < 1000; i++) {
        memcpy(deep + 6 * i, "\\frac{", 6);
    }
    assert_non_null(shown(deep, true));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formulas_are_lines_of_unicode),
        cmocka_unit_test(formulas_are_mathml),
        cmocka_unit_test(what_is_unknown_stands_as_its_name),
        cmocka_unit_test(anything_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
