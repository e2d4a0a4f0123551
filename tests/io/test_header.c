/* test_header.c - the two readers of safetensors headers, jansson's and the device's, tell and refuse the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "io/header_core.h"

typedef int reader_of_headers(const char *json, size_t length, const ssi_header_listener *listener);

/* What was told, as text. */
typedef struct story {
    char text[4096];
    size_t length;
} story;

static int hear_tensor(const ssi_header_entry *e, void *context)
{
    story *s = context;
    s->length += (size_t)snprintf(s->text + s->length, sizeof s->text - s->length, "%s %s %lld-%lld", e->name, e->dtype,
                                  (long long)e->begin, (long long)e->end);
    for (int i = 0; i < e->rank; i++)
        s->length += (size_t)snprintf(s->text + s->length, sizeof s->text - s->length, " %lld", (long long)e->shape[i]);
    s->text[s->length++] = '\n';
    return SSI_OK;
}

static int hear_text(const char *key, const char *value, void *context)
{
    story *s = context;
    s->length += (size_t)snprintf(s->text + s->length, sizeof s->text - s->length, "%s=%s\n", key, value);
    return SSI_OK;
}

static int read_with(reader_of_headers *read_header, const char *json, size_t length, story *s)
{
    char *exact = malloc(length + !length); /* so that a sanitizer sees a step too far */
    memcpy(exact, json, length);
    *s = (story){{0}, 0};
    int status = read_header(exact, length, &(ssi_header_listener){hear_tensor, hear_text, "test", s});
    free(exact);
    s->text[s->length] = '\0';
    assert_int_equal(ssi_error_take(NULL), status != SSI_OK);
    return status;
}

static void both_refuse(const char *json, size_t length)
{
    story s;
    if (read_with(ssi_header_read, json, length, &s) == SSI_OK)
        fail_msg("jansson's reader takes %.*s", (int)length, json);
    if (read_with(ssi_header_read_core, json, length, &s) == SSI_OK)
        fail_msg("the device's reader takes %.*s", (int)length, json);
}

#define WHOLE                                                                                                          \
    "{ \"__metadata__\" : {\"architecture\":\"784, dense 10\", \"quote\":\"a \\\"b\\\" \\\\ \\/ \\n \\u00e9 "          \
    "\\uac00\"},\n"                                                                                                    \
    "  \"0.weight\":{\"dtype\":\"F32\",\"shape\":[784,10],\"data_offsets\":[0,31360]},"                                \
    "\"가중치\":{\"data_offsets\":[31360,31364],\"shape\":[],\"dtype\":\"F32\"} }  "

static void a_header_is_told_alike(void **state)
{
    (void)state;
    static const char *const good[] = {
        WHOLE,
        "{}",
        " { } ",
        "{\"__metadata__\":{}}",
        "{\"a\":{\"shape\":[ 1 , 2 ],\"dtype\":\"?\",\"data_offsets\":[ 9223372036854775, 0 ]}}",
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        story a, b;
        assert_int_equal(read_with(ssi_header_read, good[i], strlen(good[i]), &a), SSI_OK);
        assert_int_equal(read_with(ssi_header_read_core, good[i], strlen(good[i]), &b), SSI_OK);
        assert_string_equal(a.text, b.text);
    }
    story s;
    read_with(ssi_header_read_core, WHOLE, strlen(WHOLE), &s);
    assert_string_equal(s.text, "architecture=784, dense 10\nquote=a \"b\" \\ / \n \u00e9 \uac00\n"
                                "0.weight F32 0-31360 784 10\n가중치 F32 31360-31364\n");
}

static void every_truncation_is_refused_by_both(void **state)
{
    (void)state;
    size_t whole = strlen(WHOLE) - 2; /* blanks at its end may go */
    for (size_t length = 0; length < whole; length++)
        both_refuse(WHOLE, length);
}

static void what_is_no_header_is_refused_by_both(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "[]",
        "null",
        "{} {}",
        "{}x",
        "{,}",
        "{\"a\":1}",
        "{\"a\":{}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"more\":1}}",
        "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":32,\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.0],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1e0],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[01],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,99999999999999999999]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F\\u0000\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"\\ud800\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"\\x\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"a\nb\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"__metadata__\":1}",
        "{\"__metadata__\":{\"a\":1}}",
        "{\"__metadata__\":{\"a\":{\"b\":\"c\"}}}",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        both_refuse(bad[i], strlen(bad[i]));
    both_refuse("{\0}", 3);
    both_refuse("{}\0", 3);
}

static void nesting_and_length_are_bounded(void **state)
{
    (void)state;
    enum { MANY = 1000000 };
    char *deep = malloc(MANY);
    memset(deep, '[', MANY);
    memcpy(deep, "{\"a\":", 5);
    both_refuse(deep, MANY);
    memset(deep, '{', MANY);
    both_refuse(deep, MANY);
    memset(deep, ' ', MANY);
    both_refuse(deep, MANY);
    memset(deep, 'x', MANY);
    memcpy(deep, "{\"", 2);
    both_refuse(deep, MANY);
    free(deep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_header_is_told_alike),
        cmocka_unit_test(every_truncation_is_refused_by_both),
        cmocka_unit_test(what_is_no_header_is_refused_by_both),
        cmocka_unit_test(nesting_and_length_are_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
