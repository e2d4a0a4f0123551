/*
 * watch.c - ssi watch [N]: checks the learner's file again whenever it is saved.
 */
#include "cli.h"

#include "course/files.h"
#include "course/learner.h"
#include "course/session.h"
#include "course/style.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

enum { SETTLE_MS = 100 }; /* an editor saves in several steps */

static const struct option options[] = {COMMON_OPTIONS};

/* Waits until start.c is written or put in place, and then until it is quiet. False when the folder is gone. */
static bool await_save(int notices)
{
    char room[4096] __attribute__((aligned(__alignof__(struct inotify_event))));
    bool saved = false;
    struct pollfd wait = {notices, POLLIN, 0};
    while (poll(&wait, 1, saved ? SETTLE_MS : -1) != 0) {
        ssize_t length = read(notices, room, sizeof(room));
        for (ssize_t at = 0; at < length;) {
            const struct inotify_event *event = (const struct inotify_event *)(const void *)(room + at);
            if (event->mask & (IN_IGNORED | IN_DELETE_SELF | IN_MOVE_SELF)) {
                return false;
            }
            saved = saved || (event->len > 0 && strcmp(event->name, "start.c") == 0);
            at += (ssize_t)(sizeof(*event) + event->len);
        }
        if (length < 0 && errno != EINTR) {
            return false;
        }
    }
    return true;
}

static int watch(const course *c, const lesson *l)
{
    char folder[PATH_MAX], file[PATH_MAX];
    if (!learner_has(l, learner_file(l, file))) {
        return CLI_FAILED;
    }
    int notices = inotify_init1(IN_CLOEXEC);
    if (notices < 0 || inotify_add_watch(notices, learner_folder(l, folder),
                                         IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF) < 0) {
        return fail(T("cannot watch %s: %s", "%s 폴더를 지켜볼 수 없습니다: %s"), folder, strerror(errno));
    }
    do {
        session_check(c, l, &(check_wish){0});
        if (!common.json) {
            style_begin(STYLE_FAINT);
            print_wrapped_line(T("Watching %s; Ctrl-C ends.", "%s 파일을 지켜봅니다. Ctrl-C로 마칩니다."), file);
            putchar('\n');
            style_end();
        }
        fflush(stdout);
    } while (await_save(notices));
    close(notices);
    return fail(T("%s is gone", "%s 폴더가 없어졌습니다"), folder);
}

static int run(int argc, char **argv)
{
    int option = next_option(argc, argv, options, &command_watch), code;
    if (option != OPTIONS_END) {
        return option == OPTIONS_HELP ? CLI_OK : CLI_WRONG_USE;
    }
    if (argc - optind > 1) {
        return wrong_operands(&command_watch);
    }
    course c;
    const lesson *l = session_open(&c, NULL, "watch", argv[optind], &code);
    if (l != NULL) {
        code = watch(&c, l);
        course_close(&c);
    }
    return code;
}

const command command_watch = {
    .name = "watch",
    .summary = {"check a lesson again whenever you save", "저장할 때마다 다시 채점"},
    .help = {"Usage: ssi watch [N]\n\n"
             "Checks start.c now and whenever it is saved, until Ctrl-C. Without N: of the\n"
             "lesson in whose folder you stand, or the last one you opened.\n\n"
             "Example: ssi watch 25\n",
             "사용법: ssi watch [N]\n\n"
             "start.c를 지금, 그리고 저장할 때마다 채점합니다. Ctrl-C로 마칩니다. N이 없으면\n"
             "지금 있는 폴더의 레슨, 아니면 마지막에 연 레슨입니다.\n\n"
             "예: ssi watch 25\n"},
    .run = run,
    .tidy = true,
};
