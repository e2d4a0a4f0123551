/*
 * place.h - where the course lies: lessons, headers and library, in a checkout or an installation; and where the learner's own work lies.
 */
#ifndef SSI_CLI_COURSE_PLACE_H
#define SSI_CLI_COURSE_PLACE_H

#include <limits.h>
#include <stdbool.h>

typedef struct place {
    char lessons[PATH_MAX]; /* the folder of NN-name/ */
    char shared[PATH_MAX];  /* the folder of lesson.h, which probes include */
    char headers[PATH_MAX]; /* the folder of ssi/ssi.h */
    char library[PATH_MAX]; /* the folder of libssi.so */
    char witness[PATH_MAX]; /* the object that tells how a program ended (witness/witness.c); "" where there is none */
} place;

/* Finds them from where the program itself lies; `lessons`, if not NULL, names another folder of lessons. False when a mistake has been told. */
bool place_find(place *out, const char *lessons);

/* SSI_LEARN, else ~/ssi-lessons, into out (PATH_MAX). */
void place_learner(char *out);
/* The folder for what must last (XDG_DATA_HOME/ssi) and for what can be made again (XDG_CACHE_HOME/ssi); made if missing. */
bool place_state(char *out);
bool place_cache(char *out);

#endif
