/*
 * language.c - which of the two languages the reader reads.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

static bool korean;

const char *T(const char *english, const char *korean_text)
{
    return korean ? korean_text : english;
}

bool language_is_korean(void)
{
    return korean;
}

bool language_set(const char *name)
{
    bool is_korean = strncmp(name, "ko", 2) == 0, is_english = strncmp(name, "en", 2) == 0;
    if ((!is_korean && !is_english) || strchr("_.-@", name[2]) == NULL) { /* strchr finds the end, too */
        return false;
    }
    korean = is_korean;
    return true;
}

/* POSIX: the first of the three that is set and not empty decides. */
void language_from_environment(void)
{
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof(variables) / sizeof(variables[0]); i++) {
        const char *value = getenv(variables[i]);
        if (value != NULL && value[0] != '\0') {
            language_set(value);
            return;
        }
    }
}
