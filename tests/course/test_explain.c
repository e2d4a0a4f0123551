/* The commonest mistakes of beginners, as gcc, clang and tcc put them, are told in plain words of both languages, with their line. */
#include "course.h"

typedef struct mistake {
    const char *source;
    int line; /* in which the compiler finds it; 0: none, as for what the linker misses */
    const char *english, *korean;
    bool gcc_only; /* tcc takes it as right, or finds no words for it */
} mistake;

#define IO   "#include <stdio.h>\n"
#define MAIN "int main(void)\n{\n"
#define END  "return 0;\n}\n"

/* Mistakes that stop a compiler. */
static const mistake mistakes[] = {
    {IO MAIN "puts(\"a\")\n" END, 4, "semicolon", "세미콜론", false},
    {IO MAIN "printf(\"%d\\n\", x);\n" END, 4, "'x' has not been declared", "'x'(이)라는 이름", false},
    {IO MAIN "if (1) {\nputs(\"a\");\n" END, 0, "brace", "중괄호", false},
    {IO MAIN "puts(\"a\");\n" END "}\n", 7, "outside of every function", "함수 밖", true},
    {IO MAIN "puts(\"a\";\n" END, 4, "parenthesis )", "괄호 )", false},
    {IO MAIN "puts(\"a);\n" END, 4, "quote", "따옴표", false},
    {"#include <stdoi.h>\n" MAIN END, 1, "no header called 'stdoi.h'", "'stdoi.h'(이)라는 헤더", false},
    {IO MAIN "flaot x = 1;\nprintf(\"%f\\n\", x);\n" END, 4, "spelled right", "철자", true},
    {IO MAIN "int a = 1;\nint a = 2;\nprintf(\"%d\\n\", a);\n" END, 5, "there twice", "두 번", false},
    {IO MAIN "const int a = 1;\na = 2;\nprintf(\"%d\\n\", a);\n" END, 5, "const", "const", true},
    {IO MAIN "int a = 1;\na + 1 = 2;\nprintf(\"%d\\n\", a);\n" END, 5, "left of =", "= 왼쪽", false},
    {"int f(int a, int b);\nint f(int a, int b) { return a + b; }\n" MAIN "return f(1);\n}\n", 5, "fewer values",
     "적은 값", false},
    {"int f(int a);\nint f(int a) { return a; }\n" MAIN "return f(1, 2);\n}\n", 5, "more values", "많은 값", false},
    {"#define TWO(a, b) ((a) + (b))\n" MAIN "return TWO(1);\n}\n", 4, "as many values", "값의 수", false},
    {MAIN "int x = 1;\nreturn 2x;\n}\n", 4, "2 * x", "2 * x", false},
    {"void f(double *d);\nvoid f(double *d) { d = 1.5; }\n" MAIN END, 2, "before the name: *dx", "앞에 *를", true},
    {"struct s { int a; };\nint f(struct s x);\nint f(struct s x) { return x.a; }\n" MAIN "return f(1);\n}\n", 6,
     "another type", "자료형", true},
    {"struct s { int a; };\n" MAIN "struct s x = {1};\nreturn x.b;\n}\n", 5, "no member called 'b'", "'b'(이)라는 멤버",
     false},
    {MAIN "int a = 1;\nreturn a[0];\n}\n", 4, "Only arrays and pointers", "배열이나 포인터", false},
    {MAIN "int a = 1;\nreturn a(2);\n}\n", 4, "no function", "함수가 아니", true},
    {MAIN "break;\n" END, 3, "inside a loop", "반복문 안", false},
    {IO MAIN "puts(\xE2\x80\x9C"
             "a\xE2\x80\x9D);\n" END,
     4, "character that C does not know", "C가 모르는 글자", true},
    {IO MAIN "if (1);\nputs(\"a\");\nelse puts(\"b\");\n" END, 6, "belongs to no if", "짝이 되는 if", true},
    {"struct s { int a; };\n" MAIN "struct s x = {1}, y = {2};\nreturn x + y;\n}\n", 5, "cannot be computed",
     "계산할 수 없는", true},
    {MAIN "int a = 1;\nreturn a > 0 and a < 5;\n}\n", 4, "is Python", "파이썬의 말", false},
    {"int twice(int x);\n" MAIN "return twice(1);\n}\n", 0, "'twice' is", "'twice'", false},
    {IO "int mian(void)\n{\nputs(\"a\");\n" END, 0, "no main", "main 함수가 없습니다", false},
};

/* Mistakes that compile, and are told when the program then fails. */
static const mistake warnings[] = {
    {IO MAIN "int a = 0;\nif (a = 1) {\nputs(\"a\");\n}\n" END, 5, "to compare, write ==", "비교하려면 ==", true},
    {IO MAIN "int a = 0;\na == 1;\nprintf(\"%d\\n\", a);\n" END, 5, "changes nothing", "아무 일도", true},
    {IO "int f(int a, int b);\nint f(int a, int b) { return 0 < a < 5; }\n" MAIN "printf(\"%d\\n\", f(1, 2));\n" END, 3,
     "cannot be chained", "이어 쓰면", true},
    {IO MAIN "int a = 0;\n" END, 4, "'a' is never used", "'a'이(가) 쓰이지 않습니다", true},
    {IO "int f(int a);\nint f(int a) { if (a > 5) { return 1; } }\n" MAIN "printf(\"%d\\n\", f(1));\n" END, 3,
     "without return", "return 없이", true},
    {IO MAIN "printf(\"%d\\n\", 0.5);\n" END, 4, "does not fit", "맞지 않습니다", true},
    {MAIN "printf(\"a\\n\");\n" END, 3, "#include <stdio.h>", "#include <stdio.h>", true},
    {IO MAIN "printf(\"%d\\n\", (int)sqrt(4.0));\n" END, 4, "#include <math.h>", "#include <math.h>", true},
    {IO MAIN "int a;\nprintf(\"%d\\n\", a);\n" END, 5, "before it has got a value", "값을 넣기 전에", true},
    {IO MAIN "int a = 1;\nif (a > 5);\nputs(\"a\");\n" END, 5, "A ; right after", ";이 문장을", true},
    {IO MAIN "int a = 1;\nif (a > 5)\nputs(\"a\");\nputs(\"b\");\n" END, 0, "", "", true},
    {IO MAIN "int *p = 5;\nprintf(\"%p\\n\", (void *)p);\n" END, 4, "another type", "자료형이 다릅니다", true},
};

static void expect_explained(const mistake *m, const char *compiler, bool told)
{
    char before[64];
    int late = strcmp(compiler, "tcc") == 0 ? 9 : 0; /* it notices later, as at the end of the function */
    write_file("mistake.c", m->source);
    for (int korean = 0; korean < 2; korean++) {
        snprintf(before, sizeof(before), "CC=%s LANG=%s ", compiler, korean ? "ko_KR.UTF-8" : "C.UTF-8");
        const char *words = korean ? m->korean : m->english;
        if (!told) {
            run("%sssi check 1 --lessons $LESSONS --file mistake.c", before);
            if (strstr(out, words) == NULL) {
                fail_msg("%s: no '%s' in %sfor:\n%s", compiler, words, out, m->source);
            }
            continue;
        }
        json_t *said = check_with(before, 1, "mistake.c");
        if (strcmp(said_text(said, "result"), "compile") != 0 || strstr(said_text(said, "message"), words) == NULL ||
            (m->line > 0 && llabs(json_integer_value(json_object_get(said, "line")) - m->line) > late)) {
            fail_msg("%s: '%s' in line %d expected of:\n%s\nbut: %s", compiler, words, m->line, m->source, out);
        }
        json_decref(said);
    }
}

static void explain_all(const char *compiler)
{
    if (!has_command(compiler)) {
        return;
    }
    bool tcc = strcmp(compiler, "tcc") == 0;
    for (size_t i = 0; i < sizeof(mistakes) / sizeof(mistakes[0]); i++) {
        if (!tcc || !mistakes[i].gcc_only) {
            expect_explained(&mistakes[i], compiler, true);
        }
    }
    for (size_t i = 0; i < sizeof(warnings) / sizeof(warnings[0]) && !tcc; i++) {
        expect_explained(&warnings[i], compiler, false);
    }
}

static void what_gcc_says_is_told_in_plain_words(void **state)
{
    (void)state;
    explain_all("gcc");
}

static void what_clang_says_is_told_in_plain_words(void **state)
{
    (void)state;
    explain_all("clang");
}

static void what_tcc_says_is_told_in_plain_words(void **state)
{
    (void)state;
    explain_all("tcc");
}

static void the_compilers_own_words_follow(void **state)
{
    (void)state;
    write_file("mistake.c", mistakes[0].source);
    expect_exit(1, "CC=gcc ssi check 1 --lessons $LESSONS --file mistake.c");
    expect_text(out, "it does not compile");
    expect_text(out, "start.c:4");
    expect_text(out, "expected ';' before 'return'");
}

static void a_function_that_the_lesson_needs_is_told_from_one_that_is_called(void **state)
{
    (void)state;
    write_file("mistake.c", "int main(void)\n{\nreturn 0;\n}\n");
    json_t *said = check_with("CC=gcc ", 2, "mistake.c");
    expect_text(said_text(said, "message"), "the lesson needs a function");
    json_decref(said);
    write_file("mistake.c", "int twice(int x);\nint main(void)\n{\nreturn twice(1);\n}\n");
    said = check_with("CC=gcc ", 1, "mistake.c");
    expect_text(said_text(said, "message"), "'twice' is called here, and is nowhere written");
    json_decref(said);
}

static void without_a_compiler_its_package_is_named(void **state)
{
    (void)state;
    write_file("mistake.c", mistakes[0].source);
    expect_exit(0, "mkdir -p empty && SSI_=$(command -v ssi) && ! PATH=$PWD/empty $SSI_ check 1 --lessons $LESSONS "
                   "--file mistake.c");
    expect_text(err, "apt-get install gcc");
    if (has_command("tcc")) { /* with tcc alone, tcc it is */
        expect_exit(0, "ln -sf $(command -v tcc) empty/tcc && SSI_=$(command -v ssi) && PATH=$PWD/empty; ! $SSI_ check "
                       "1 --lessons $LESSONS --file mistake.c");
        expect_text(out, "tcc");
        expect_text(out, "semicolon");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_gcc_says_is_told_in_plain_words),
        cmocka_unit_test(what_clang_says_is_told_in_plain_words),
        cmocka_unit_test(what_tcc_says_is_told_in_plain_words),
        cmocka_unit_test(the_compilers_own_words_follow),
        cmocka_unit_test(a_function_that_the_lesson_needs_is_told_from_one_that_is_called),
        cmocka_unit_test(without_a_compiler_its_package_is_named),
    };
    return cmocka_run_group_tests(tests, enter_course, leave_folder);
}
