/*
 * What a lesson's Markdown is read as.
 */
#include "../../cli/course/arena.c"
#include "../../cli/course/text_read.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

/* The document in words: a line a block. Valid until the next call. */
static const char *outline(const char *markdown, const char *values)
{
    static char *text;
    static const char *const kinds[] = {"heading", "paragraph", "item", "quote", "code", "table", "picture"};
    size_t length;
    free(text);
    FILE *out = open_memstream(&text, &length);
    document *it = document_read(markdown, values);
    for (size_t i = 0; i < it->count; i++) {
        const block *b = &it->block[i];
        fprintf(out, "%s%s%s", kinds[b->kind], *b->info ? " " : "", b->info);
        if (b->level > 0 || b->number > 0) {
            fprintf(out, " %d.%d", b->level, b->number);
        }
        fputs(b->kind == BLOCK_CODE ? "|" : "", out);
        fputs(b->code, out);
        for (size_t k = 0; k < b->text.count; k++) {
            const span *s = &b->text.span[k];
            fprintf(out, "|%s%s%s%s%s%s", s->strong ? "*" : "", s->emphasis ? "/" : "",
                    s->kind == SPAN_CODE      ? "`"
                    : s->kind == SPAN_FORMULA ? "$"
                                              : "",
                    s->text, s->target != NULL ? "->" : "", s->target != NULL ? s->target : "");
        }
        for (size_t k = 0; k < b->rows * b->columns; k++) {
            fprintf(out, "%s%s", k % b->columns == 0 ? "|" : ",", b->cell[k].count > 0 ? b->cell[k].span[0].text : "");
        }
        fputs(b->kind == BLOCK_CODE ? "" : "\n", out);
    }
    document_free(it);
    fclose(out);
    return text;
}

static void blocks_are_read(void **state)
{
    assert_string_equal(
        outline("# 25. AND\n\none\ntwo\n\n- a\n  b\n- c\n  - d\n1. e\n> f\n> g\n", NULL),
        "heading 1.0|25. AND\nparagraph|one two\nitem|a b\nitem|c\nitem 1.0|d\nitem 0.1|e\nquote|f g\n");
    assert_string_equal(outline("```output probe x\na\n\nb\n```\n![그림: $x$](line.svg)\n", NULL),
                        "code output probe x|a\n\nb\npicture line.svg|그림: |$x\n");
    assert_string_equal(outline("| a | `x | y` |\n|---|:-:|\n| $|x|$ |\n", NULL), "table|a,x | y||x|,\n");
}

static void spans_are_read(void **state)
{
    assert_string_equal(outline("a **b**는 *c* `d*e*` $w_1*2$ [f **g**](h.md) 2 * 3 \\* 4", NULL),
                        "paragraph|a |*b|는 |/c| |`d*e*| |$w_1*2| |f ->h.md|*g->h.md| 2 * 3 * 4\n");
    assert_string_equal(outline("$$x$$", NULL), "paragraph|$x\n");
    assert_string_equal(outline("5 * 3 and $5 and `x and [y and **z", NULL),
                        "paragraph|5 * 3 and $5 and `x and [y and **z\n");
}

static void values_are_filled_in(void **state)
{
    assert_string_equal(outline("q = {{q}}, {{none}}, $b = {{b}}$ {{", "b = -0.7\nq = 0.7\n"),
                        "paragraph|q = 0.7, {{none}}, |$b = -0.7| {{\n");
}

/* Every beginning of a text with all there is. */
static void any_text_is_read(void **state)
{
    static const char all[] =
        "# a\n\n- **b** *c*\n1. `d`\n> $e$\n| f | g |\n|--|--|\n```c\nx\n```\n![h](i)\n[j](k) {{l}}\n";
    for (size_t length = 0; length < sizeof(all); length++) {
        char piece[sizeof(all)];
        snprintf(piece, sizeof(piece), "%.*s", (int)length, all);
        assert_non_null(outline(piece, "l = 1"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_are_read),
        cmocka_unit_test(spans_are_read),
        cmocka_unit_test(values_are_filled_in),
        cmocka_unit_test(any_text_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
