/*
 * model.c - models by what a user types: a file's name, or a short description.
 */
#include "model.h"

#include <string.h>
#include <unistd.h>

ssi_model *model_named(const char *text)
{
    const char *ending = ".safetensors";
    size_t length = strlen(text);
    bool is_file =
        access(text, F_OK) == 0 || (length > strlen(ending) && strcmp(text + length - strlen(ending), ending) == 0);
    return is_file ? ssi_load(text) : ssi_model_from_spec(text);
}
