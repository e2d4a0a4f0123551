/*
 * explain.c - what the compiler and the linker say, in plain words: the commonest mistakes of beginners, as gcc, clang and tcc put them.
 */
#include "grade.h"

#include "../cli.h"

#include <ctype.h>
#include <regex.h>
#include <string.h>

/* An extended expression for the message, whose first group is the name in question, and what it means; {} stands for that name. */
typedef struct meaning {
    const char *message, *plain[2];
} meaning;

static const meaning meanings[] = {
    /* what is written */
    {"stray '\\\\[0-9]+' in program|unexpected character <|non-ASCII|unrecognized character",
     {"A character that C does not know: a curly quote or a wide space, perhaps copied from a text.",
      "C가 모르는 글자가 있습니다. 글에서 복사한 둥근 따옴표나 전각 공백이 아닌지 보세요."}},
    {"missing terminating",
     {"A text begins with a quote and has no closing one.", "따옴표로 시작한 글을 닫지 않았습니다."}},
    {"multi-character character constant|character constant too long",
     {"'...' is for one character; a text stands in \"...\".",
      "'...'에는 글자 하나만 씁니다. 글은 \"...\" 안에 씁니다."}},
    {"expected declaration or statement at end of input|expected '}'|'}' expected|unexpected end of file",
     {"A brace { was opened and never closed: a } is missing.", "연 중괄호 {를 닫지 않았습니다. }가 빠졌습니다."}},
    {"identifier expected",
     {"The braces do not match: a } is missing at the end, or there is one too many above.",
      "중괄호의 짝이 맞지 않습니다. 끝에 }가 빠졌거나 위에 }가 하나 더 있습니다."}},
    {"expected identifier or '\\(' before '(\\}|else|if|for|while|return)|extraneous closing brace|"
     "expected identifier or '\\('",
     {"This stands outside of every function: is there a } too many above, or a ; after a function's head?",
      "함수 밖에 있는 문장입니다. 위에 }가 하나 더 있거나 함수 머리 뒤에 ;이 붙지 않았는지 보세요."}},
    {"'else' without a previous 'if'|expected expression before 'else'",
     {"This else belongs to no if: look for a ; right after the if's condition, or for missing braces.",
      "짝이 되는 if가 없는 else입니다. if 조건 바로 뒤의 ;이나 빠진 중괄호를 찾아보세요."}},
    {"before '(and|or)'|got '?\"?(and|or)|'(not)' undeclared|undeclared identifier '(not)'",
     {"{} is Python. In C, \"and\" is &&, \"or\" is ||, \"not\" is !.",
      "{}은(는) 파이썬의 말입니다. C에서 그리고는 &&, 또는은 ||, 아니다는 !라고 씁니다."}},
    {"expected '[=,; ]*;|expected ';'|';' expected|expected ',' or ';'",
     {"A semicolon ; is missing, at the end of this line or of the one above.",
      "이 줄이나 윗줄 끝에 세미콜론 ;이 빠졌습니다."}},
    {"expected '?\\)'?|'\\)' expected|',' expected",
     {"A closing parenthesis ) is missing.", "닫는 괄호 )가 빠졌습니다."}},
    {"expected '\\('|'\\(' expected",
     {"An opening parenthesis ( is missing: conditions stand in (...).",
      "여는 괄호 (가 빠졌습니다. 조건은 (...) 안에 씁니다."}},
    {"expected '\\]'|'\\]' expected", {"A closing bracket ] is missing.", "닫는 대괄호 ]가 빠졌습니다."}},
    {"expected expression",
     {"Something is missing before this: a value, a name or a bracketed term.",
      "이 앞에 값이나 이름, 괄호 친 식이 있어야 합니다."}},
    {"invalid suffix|invalid digit|invalid number",
     {"A number is run together with letters: 2x is written 2 * x, and no name begins with a digit.",
      "숫자와 글자가 붙어 있습니다. 2x는 2 * x라고 쓰고, 이름은 숫자로 시작할 수 없습니다."}},
    {"break statement not within|'break' statement not in|cannot break",
     {"break only makes sense inside a loop.", "break는 반복문 안에서만 쓸 수 있습니다."}},
    /* names */
    {"fatal error: ([^ ]*): No such file|'([^']*)' file not found|include file '([^']*)' not found",
     {"There is no header called {}: is its name spelled right?",
      "{}(이)라는 헤더가 없습니다. 이름을 바르게 썼는지 보세요."}},
    {"(implicit declaration of function|implicitly declaring library function|call to undeclared (library )?function) '"
     "(printf|scanf|puts|putchar|getchar|fgets|snprintf|sscanf|fopen|fclose|fprintf)'",
     {"{} comes from a header: #include <stdio.h> at the top is missing.",
      "{}은(는) 헤더에 있습니다. 맨 위에 #include <stdio.h>가 빠졌습니다."}},
    {"(implicit declaration of function|implicitly declaring library function|call to undeclared (library )?function) '"
     "(sqrt|exp|log|sin|cos|tan|tanh|pow|fabs|floor|ceil|fmax|fmin|round)'",
     {"{} comes from a header: #include <math.h> at the top is missing.",
      "{}은(는) 헤더에 있습니다. 맨 위에 #include <math.h>가 빠졌습니다."}},
    {"(implicit declaration of function|implicitly declaring library function|call to undeclared (library )?function) '"
     "(malloc|calloc|free|exit|atoi|atof|strtod|qsort|rand|srand|abs)'",
     {"{} comes from a header: #include <stdlib.h> at the top is missing.",
      "{}은(는) 헤더에 있습니다. 맨 위에 #include <stdlib.h>가 빠졌습니다."}},
    {"(implicit declaration of function|implicitly declaring library function|call to undeclared (library )?function) '"
     "(strcmp|strlen|strcpy|strcat|strchr|strstr|memset|memcpy|strncmp)'",
     {"{} comes from a header: #include <string.h> at the top is missing.",
      "{}은(는) 헤더에 있습니다. 맨 위에 #include <string.h>가 빠졌습니다."}},
    {"implicit declaration of function '(ssi_[a-z0-9_]*)'|undeclared function '(ssi_[a-z0-9_]*)'",
     {"{} is not known: is the name spelled right, and does #include <ssi/ssi.h> stand at the top?",
      "{}을(를) 모릅니다. 이름이 맞는지, 맨 위에 #include <ssi/ssi.h>가 있는지 보세요."}},
    {"implicit declaration of function '([^']*)'|undeclared function '([^']*)'",
     {"{} is called before it is known: is its name spelled right, and is it written above this line?",
      "{} 함수를 아직 모릅니다. 이름이 맞는지, 이 줄보다 위에 쓰여 있는지 보세요."}},
    {"'([^']*)' undeclared|undeclared identifier '([^']*)'",
     {"{} has not been declared: is it spelled right (capital and small letters differ), and does it have a type where "
      "it is first named?",
      "{}(이)라는 이름이 선언되지 않았습니다. 철자(대소문자 구별)가 맞는지, 처음 쓸 때 int 같은 자료형을 붙였는지 "
      "보세요."}},
    {"unknown type name '([^']*)'",
     {"There is no type called {}: is it spelled right, or is a header missing?",
      "{}(이)라는 자료형은 없습니다. 철자가 맞는지, 헤더가 빠지지 않았는지 보세요."}},
    {"redefinition of '([^']*)'|redeclaration of '([^']*)'|'([^']*)' redeclared|redefinition of '?([A-Za-z_0-9]*)",
     {"{} is there twice. The second time, leave the type away, or take another name.",
      "{}이(가) 두 번 만들어졌습니다. 두 번째에는 자료형을 떼거나 다른 이름을 쓰세요."}},
    {"conflicting types for '([^']*)'|incompatible types for redefinition of '([^']*)'",
     {"{} is declared here otherwise than before: its head must keep its types.",
      "{}의 선언이 앞과 다릅니다. 함수 머리의 자료형을 그대로 두어야 합니다."}},
    {"has no member named '([^']*)'|no member named '([^']*)'|field not found: ([A-Za-z_0-9]*)",
     {"This struct has no member called {}.", "이 구조체에는 {}(이)라는 멤버가 없습니다."}},
    /* types and values */
    {"macro \"([^\"]*)\" (requires|passed) [0-9]+ arg|function-like macro invocation|macro '([^']*)' used with",
     {"This call does not give as many values as are needed.", "넘긴 값의 수가 맞지 않습니다. 몇 개를 받는지 보세요."}},
    {"too few arguments to function",
     {"This call gives the function fewer values than it takes.", "함수가 받는 것보다 적은 값을 넘겼습니다."}},
    {"too many arguments to function",
     {"This call gives the function more values than it takes.", "함수가 받는 것보다 많은 값을 넘겼습니다."}},
    {"incompatible type for argument|passing argument|passing '.*' to parameter of incompatible type|"
     "incompatible (integer|pointer) to (integer|pointer) conversion passing|incompatible pointer types passing",
     {"A value of another type than this function takes; where it takes an address, write & before the name.",
      "이 함수가 받는 자료형과 다른 값을 넘겼습니다. 주소를 받는 자리라면 이름 앞에 &를 붙입니다."}},
    {"assignment of read-only|cannot assign to variable|assignment of read-only location|const-qualified type",
     {"This is const: it keeps the value that it got at first.", "const로 만든 것이라 처음 값을 바꿀 수 없습니다."}},
    {"lvalue required|expression is not assignable|lvalue expected",
     {"On the left of = must stand a variable, which can take a value.",
      "= 왼쪽에는 값을 담을 수 있는 변수가 와야 합니다."}},
    {"format '([^']*)' expects|format specifies type '([^']*)'",
     {"In printf or scanf, {} does not fit the value given for it: %d is for int, %f and %g for double, %s for texts.",
      "printf나 scanf의 {}와(과) 넘긴 값의 자료형이 맞지 않습니다. int는 %d, double은 %f나 %g, 글은 %s입니다."}},
    {"invalid operands to binary|incompatible operand types",
     {"These two cannot be computed with each other: look at their types. (^ is no power: write x * x.)",
      "이 둘은 함께 계산할 수 없는 자료형입니다. (^는 거듭제곱이 아닙니다. 제곱은 x * x라고 씁니다.)"}},
    {"(assigning to type|assignment to|assigning to) '[^']*\\*'( \\{[^}]*\\})? from (incompatible )?(type "
     ")?'(double|float|int)'",
     {"On the left of = is an address. To put a value where it points, write a * before the name: *dx = ...",
      "= 왼쪽이 주소입니다. 그 주소가 가리키는 곳에 값을 넣으려면 이름 앞에 *를 붙이세요: *dx = ..."}},
    {"makes (integer|pointer) from|incompatible (integer|pointer) to|incompatible types when|incompatible type",
     {"The value is of another type than what it is put into; a text is not a number, an array not one value.",
      "담으려는 곳과 자료형이 다릅니다. 글은 수가 아니고, 배열은 값 하나가 아닙니다."}},
    {"subscripted value|pointer expected",
     {"Only arrays and pointers have elements [i].", "[i]는 배열이나 포인터에만 쓸 수 있습니다."}},
    {"called object|is not a function",
     {"This is no function, and cannot be called with (...). For products write *.",
      "함수가 아니므로 (...)로 부를 수 없습니다. 곱셈은 *로 씁니다."}},
    {"void value not ignored|from incompatible type 'void'|cannot convert 'void'",
     {"This function gives no value back.", "값을 돌려주지 않는 함수입니다."}},
    {"'return' with a value|void function '[^']*' should not return",
     {"A void function returns nothing.", "void 함수는 값을 돌려주지 않습니다."}},
    /* warnings */
    {"suggest parentheses around assignment|assignment as a condition",
     {"= puts a value in; to compare, write ==.", "=는 값을 넣습니다. 비교하려면 ==를 쓰세요."}},
    {"comparisons like|chained comparison|comparison of constant .* with (boolean|expression of type 'bool')",
     {"Comparisons cannot be chained: 0 <= x < 9 compares the 0 or 1 of 0 <= x with 9. Write two, joined by &&.",
      "비교를 이어 쓰면 뜻이 다릅니다. 0 <= x < 9는 0 <= x의 답인 0이나 1을 9와 비교합니다. 둘로 나누어 &&로 "
      "이으세요."}},
    {"statement with no effect|result unused|comparison result unused",
     {"This line changes nothing: == compares, = puts a value in.",
      "아무 일도 하지 않는 줄입니다. ==는 비교, =는 값 넣기입니다."}},
    {"empty body",
     {"A ; right after if (...) or for (...) ends it: what follows no longer belongs to it.",
      "if (...)나 for (...) 바로 뒤의 ;이 문장을 끝냅니다. 뒤의 것은 그에 속하지 않습니다."}},
    {"misleading.indentation|does not guard",
     {"Without braces only the next line belongs to if or for.",
      "중괄호가 없으면 바로 다음 한 줄만 if나 for에 속합니다."}},
    {"control reaches end|no return statement|does not return a value|might return no value",
     {"A function that promises a value ends without return.", "값을 돌려주기로 한 함수가 return 없이 끝납니다."}},
    {"division by zero", {"This divides by zero.", "0으로 나눕니다."}},
    {"array subscript|array index|above array bounds|excess elements",
     {"This goes beyond the array's end: the last element has the number length - 1.",
      "배열의 끝을 넘어갑니다. 마지막 원소의 번호는 길이 - 1입니다."}},
    {"'([^']*)' (is|may be) used uninitialized|variable '([^']*)' is uninitialized",
     {"{} is read before it has got a value.", "{}에 값을 넣기 전에 읽습니다."}},
    {"unused variable '([^']*)'|variable '([^']*)' set but not used|unused parameter '([^']*)'",
     {"{} is never used: is something still to be written, or another name meant?",
      "{}이(가) 쓰이지 않습니다. 아직 쓸 것이 남았거나 다른 이름을 쓴 것이 아닌지 보세요."}},
    /* the linker */
    {"undefined reference to [`']main'|undefined symbol '_?main'",
     {"There is no main: every program begins there.", "main 함수가 없습니다. 모든 프로그램은 main에서 시작합니다."}},
    {"multiple definition of [`']([^']*)'|'([^']*)' defined twice",
     {"{} is there twice.", "{}이(가) 두 번 정의되었습니다."}},
    {"start\\.c:[0-9]+: undefined reference to [`']([^']*)'",
     {"{} is called here, and is nowhere written: is its name spelled right?",
      "{}을(를) 여기서 부르지만 어디에도 없습니다. 이름의 철자가 맞는지 보세요."}},
    {"undefined reference to [`']([^']*)'",
     {"{} is not there: the lesson needs a function or variable of exactly this name, and it must not be static.",
      "{}이(가) 없습니다. 이 레슨은 바로 이 이름의 함수나 변수를 찾습니다. static을 붙이면 안 됩니다."}},
    {"undefined symbol '([^']*)'",
     {"{} is nowhere written: is a name misspelt, or does the function that the lesson asks for have another name?",
      "{}이(가) 어디에도 없습니다. 철자가 틀렸거나, 레슨이 찾는 함수의 이름을 다르게 쓴 것이 아닌지 보세요."}},
};

/* The plain words with the name put in. */
static void put_name(const char *plain, const char *name, char *out, size_t size)
{
    size_t n = 0;
    for (; *plain != '\0' && n + 1 < size; plain++) {
        if (plain[0] == '{' && plain[1] == '}') {
            int length = snprintf(out + n, size - n, "'%s'", name);
            n += length > 0 ? (size_t)length : 0;
            n = n < size ? n : size - 1;
            plain++;
        } else {
            out[n++] = *plain;
        }
    }
    out[n] = '\0';
}

static bool explain_message(const char *message, char *out, size_t size)
{
    enum { GROUPS = 6 };
    for (size_t i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++) {
        regex_t compiled;
        regmatch_t match[GROUPS];
        if (regcomp(&compiled, meanings[i].message, REG_EXTENDED) != 0) {
            continue;
        }
        bool fits = regexec(&compiled, message, GROUPS, match, 0) == 0;
        regfree(&compiled);
        if (fits) {
            char name[128] = "";
            for (int g = 1; g < GROUPS; g++) { /* the last group is the name */
                if (match[g].rm_so >= 0) {
                    snprintf(name, sizeof(name), "%.*s", (int)(match[g].rm_eo - match[g].rm_so),
                             message + match[g].rm_so);
                }
            }
            put_name(meanings[i].plain[language_is_korean()], name, out, size);
            return true;
        }
    }
    return false;
}

/* ---- finding the message ---- */

/* The line's number in "start.c:LINE:"; 0 when it has none. */
static int line_in(const char *message)
{
    const char *mark = strstr(message, "start.c:");
    int line = mark != NULL ? atoi(mark + strlen("start.c:")) : 0;
    return line > 0 ? line : 0;
}

static bool is_mistake(const char *line)
{
    return strstr(line, "error:") != NULL || strstr(line, "missing terminating") != NULL ||
           strstr(line, "undefined reference") != NULL || strstr(line, "undefined symbol") != NULL ||
           strstr(line, "multiple definition") != NULL;
}

/* The word of the source to which a message "start.c:LINE:COLUMN:" points, in the line that is shown below it (behind "LINE | ", as some show it). */
static const char *word_at(const char *message, const char *shown)
{
    const char *start = strstr(message, "start.c:"), *bar = shown + strspn(shown, " 0123456789");
    int line, column;
    if (start == NULL || sscanf(start, "start.c:%d:%d:", &line, &column) != 2 || column < 1) {
        return "";
    }
    shown = bar > shown && strncmp(bar, "| ", 2) == 0 ? bar + 2 : shown;
    size_t before = (size_t)column - 1, length = strcspn(shown, "\n");
    shown += before < length ? before : length;
    return shown + strspn(shown, " \t");
}

/* clang does not name what it found instead of what it expected, but points at it. */
static void name_what_follows(const char *line, const char *next, char *out, size_t size)
{
    bool clang = strstr(line, "expected") != NULL && strstr(line, "before") == NULL && next != NULL;
    const char *word = clang ? word_at(line, next) : "";
    snprintf(out, size, word[0] != '\0' ? "%s before '%.*s'" : "%s", line, (int)strcspn(word, " \t\n("), word);
}

static void take(const char *line, const char *next, bool warning, explanation *out)
{
    char whole[1024];
    const char *kind = strstr(line, "warning:") != NULL ? "warning:" : "error:", *said = strstr(line, kind);
    said = said != NULL ? said + strlen(kind) : strstr(line, "undefined") != NULL ? strstr(line, "undefined") : line;
    said += strspn(said, " ");
    out->line = line_in(line);
    out->warning = warning;
    snprintf(out->said, sizeof(out->said), "%s", said);
    out->plain[0] = '\0';
    name_what_follows(line, next, whole, sizeof(whole));
    explain_message(whole, out->plain, sizeof(out->plain));
}

/* How much a warning helps: what is not used may well be right so. */
static int worth(const explanation *warning)
{
    return warning->said[0] == '\0'                  ? 0
           : warning->plain[0] == '\0'               ? 1
           : strstr(warning->said, "unused") != NULL ? 2
                                                     : 3;
}

/* A missing include makes many mistakes of one: its warning stands before the mistakes that follow from it, but only mistakes stop a compiler, so
 * the first mistake is taken, and if there is none, the first of the most helpful warnings. */
bool explain_compiler(const char *words, explanation *out)
{
    char *copy = strdup(words != NULL ? words : ""), *rest = NULL;
    bool found = false;
    memset(out, 0, sizeof(*out));
    for (char *line = copy != NULL ? strtok_r(copy, "\n", &rest) : NULL; line != NULL;
         line = strtok_r(NULL, "\n", &rest)) {
        if (is_mistake(line)) {
            take(line, rest, false, out);
            found = true;
            break;
        }
        if (strstr(line, "warning:") != NULL) {
            explanation warning;
            take(line, rest, true, &warning);
            *out = worth(&warning) > worth(out) ? warning : *out;
            found = true;
        }
    }
    free(copy);
    return found;
}
