/*
 * Any bytes as the header of a safetensors file, to both its readers: where both take it, both tell the same number of
 * things.
 */
#include "io/header_core.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

static int hear_tensor(const ssi_header_entry *entry, void *context)
{
    size_t *told = context;
    *told += 1 + strlen(entry->name) + strlen(entry->dtype) + (size_t)entry->rank;
    return SSI_OK;
}

static int hear_text(const char *key, const char *value, void *context)
{
    size_t *told = context;
    *told += 1 + strlen(key) + strlen(value);
    return SSI_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
    size_t told = 0, told_core = 0;
    ssi_header_listener listener = {hear_tensor, hear_text, "fuzz", &told};
    bool taken = ssi_header_read((const char *)bytes, count, &listener) == SSI_OK;
    if (taken == ssi_error_take(NULL))
        __builtin_trap();
    listener.context = &told_core;
    bool taken_core = ssi_header_read_core((const char *)bytes, count, &listener) == SSI_OK;
    if (taken_core == ssi_error_take(NULL) || (taken && taken_core && told != told_core))
        __builtin_trap();
    return 0;
}
