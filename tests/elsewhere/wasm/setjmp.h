/* setjmp.h - WASI's C library has none, and tests there jump nowhere (see ../cmocka.h). */
