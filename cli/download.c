/*
 * download.c - ssi data get: a data set from the network into the cache.
 *
 * Only https, only known files, each at most so many bytes. What was interrupted goes on where it stopped. A file gets
 * its name in the cache when the SHA-256 of its unpacked contents is right, never before. The library itself does not
 * touch the network.
 */
#include "download.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int told(const char *name)
{
    char folder[PATH_MAX];
    if (!ssi_dataset_find(name, folder, sizeof folder)) {
        return fail(T("data: '%s' is not where it was put", "data: '%s' 자료를 넣은 곳에서 찾지 못했습니다"), name);
    }
    printf("%s\t%s\n", name, folder);
    return CLI_OK;
}

static int unknown(const char *name)
{
    const char *names[8] = {NULL};
    for (int i = 0; i < 7 && ssi_dataset_known(i) != NULL; i++) {
        names[i] = ssi_dataset_known(i)->name;
    }
    return fail(T("data: no data set is called '%s'%s", "data: '%s'라는 자료는 없습니다%s"), name,
                did_you_mean(name, names));
}

#ifdef SSI_HAVE_DOWNLOAD
#include <curl/curl.h>
#include <openssl/evp.h>
#include <zlib.h>

enum { FILES = 4, MIRRORS = 2 };

typedef struct download {
    const char *name;
    const char *mirror[MIRRORS];
    struct {
        const char *file;
        long limit;
        const char *sha256; /* of the unpacked file */
    } part[FILES];
} download;

/* The mirrors' files differ in how they were packed, not in what they hold. */
static const download downloads[] = {
    {"fashion-mnist",
     {"https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion",
      "https://storage.googleapis.com/tensorflow/tf-keras-datasets"},
     {{"train-images-idx3-ubyte.gz", 40000000, "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"},
      {"train-labels-idx1-ubyte.gz", 100000, "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"},
      {"t10k-images-idx3-ubyte.gz", 8000000, "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"},
      {"t10k-labels-idx1-ubyte.gz", 20000, "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"}}},
    {"mnist",
     {"https://storage.googleapis.com/cvdf-datasets/mnist", "https://ossci-datasets.s3.amazonaws.com/mnist"},
     {{"train-images-idx3-ubyte.gz", 20000000, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"},
      {"train-labels-idx1-ubyte.gz", 100000, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"},
      {"t10k-images-idx3-ubyte.gz", 8000000, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"},
      {"t10k-labels-idx1-ubyte.gz", 20000, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"}}},
};

/* ---- checking ---- */

/* The SHA-256 of what a gzip file holds, as text; false when it is damaged. */
static bool unpacked_sha256(const char *path, char out[65])
{
    gzFile file = gzopen(path, "rb");
    EVP_MD_CTX *digest = EVP_MD_CTX_new();
    bool good = file != NULL && digest != NULL && EVP_DigestInit_ex(digest, EVP_sha256(), NULL) == 1;
    static unsigned char block[1 << 16];
    long total = 0;
    for (int got = 1; good && got > 0;) {
        got = gzread(file, block, sizeof block);
        total += got;
        good = got >= 0 && total <= 100000000 && EVP_DigestUpdate(digest, block, (size_t)got) == 1;
    }
    unsigned char sum[32];
    good = good && EVP_DigestFinal_ex(digest, sum, NULL) == 1;
    for (int i = 0; good && i < 32; i++) {
        snprintf(out + 2 * i, 3, "%02x", sum[i]);
    }
    EVP_MD_CTX_free(digest);
    return (file == NULL || gzclose(file) == Z_OK) && good;
}

/* ---- fetching ---- */

typedef struct transfer {
    FILE *file;
    const char *name;
    long limit, had; /* bytes that were there before */
} transfer;

static size_t keep(char *bytes, size_t size, size_t count, void *context)
{
    transfer *t = context;
    t->had += (long)(size * count);
    if (t->had > t->limit) {
        return 0; /* more than such a file can be: curl stops */
    }
    return fwrite(bytes, size, count, t->file);
}

static int show(void *context, curl_off_t total, curl_off_t now, curl_off_t up, curl_off_t sent)
{
    const transfer *t = context;
    char line[160];
    (void)up, (void)sent;
    snprintf(line, sizeof line, "%s  %.1f / %.1f MB", t->name, (double)now / 1e6, (double)total / 1e6);
    progress_show(line);
    return 0;
}

/* Appends what is missing of `url` to the file at `part`. What cannot be gone on with (too much came, or the server
 * gives no parts) is thrown away. */
static bool fetch(const char *url, const char *part, const char *name, long limit, char *why, size_t room)
{
    struct stat about;
    transfer t = {.name = name, .limit = limit, .had = stat(part, &about) == 0 ? (long)about.st_size : 0};
    long start = t.had, answer = 0;
    CURL *curl = curl_easy_init();
    if (curl == NULL || (t.file = fopen(part, "ab")) == NULL) {
        snprintf(why, room, "%s", curl == NULL ? "no memory" : strerror(errno));
        curl_easy_cleanup(curl);
        return false;
    }
    char error[CURL_ERROR_SIZE] = "";
    curl_easy_setopt(curl, CURLOPT_URL, url);
#if LIBCURL_VERSION_NUM >= 0x075500
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https");
    curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "https");
#else
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS, (long)CURLPROTO_HTTPS);
    curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS, (long)CURLPROTO_HTTPS);
#endif
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(curl, CURLOPT_MAXREDIRS, 5L);
    curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, 15L);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 100L);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, 30L);
    curl_easy_setopt(curl, CURLOPT_RESUME_FROM_LARGE, (curl_off_t)t.had);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &t);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, show);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &t);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error);
    CURLcode code = curl_easy_perform(curl);
    bool written = fflush(t.file) == 0 && fsync(fileno(t.file)) == 0;
    written = fclose(t.file) == 0 && written;
    progress_clear();
    if (t.had > limit) {
        snprintf(why, room, "%s > %ld B", name, limit);
    } else if (code != CURLE_OK || !written) {
        snprintf(why, room, "%s", code == CURLE_OK ? strerror(errno) : error[0] ? error : curl_easy_strerror(code));
    }
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer);
    bool stuck = start > 0 && code != CURLE_OK && (code == CURLE_RANGE_ERROR || answer == 416);
    if (t.had > limit || stuck) {
        unlink(part);
    }
    curl_easy_cleanup(curl);
    return code == CURLE_OK && written;
}

/* What a mirror's file is called before it has all come; the mirrors' files are packed differently. */
static void name_part(const char *path, int mirror, char part[PATH_MAX + 16])
{
    snprintf(part, PATH_MAX + 16, "%s.%d.part", path, mirror);
}

/* Gives the file its name, and throws away what came from other mirrors. */
static bool finish(const char *part, const char *path)
{
    char other[PATH_MAX + 16];
    if (rename(part, path) != 0) {
        return false;
    }
    for (int m = 0; m < MIRRORS; m++) {
        name_part(path, m, other);
        unlink(other);
    }
    return true;
}

/* One file, from one mirror after the other. */
static bool get_file(const download *d, int i, const char *folder, char *why, size_t room)
{
    char path[PATH_MAX], part[PATH_MAX + 16], url[512], sum[65] = "";
    if (snprintf(path, sizeof path, "%s/%s", folder, d->part[i].file) >= (int)sizeof path) {
        snprintf(why, room, "%s", strerror(ENAMETOOLONG));
        return false;
    }
    if (unpacked_sha256(path, sum) && strcmp(sum, d->part[i].sha256) == 0) {
        return true;
    }
    for (int m = 0; m < MIRRORS; m++) {
        snprintf(url, sizeof url, "%s/%s", d->mirror[m], d->part[i].file);
        name_part(path, m, part);
        bool old = access(part, F_OK) == 0, came = fetch(url, part, d->part[i].file, d->part[i].limit, why, room);
        if (!came && old && access(part, F_OK) != 0) { /* from the beginning, then */
            came = fetch(url, part, d->part[i].file, d->part[i].limit, why, room);
        }
        if (!came) {
            continue; /* what came stays, to go on with */
        }
        if (unpacked_sha256(part, sum) && strcmp(sum, d->part[i].sha256) == 0) {
            return finish(part, path) || (snprintf(why, room, "%s", strerror(errno)), false);
        }
        snprintf(why, room, "%s: SHA-256", d->part[i].file);
        unlink(part);
    }
    return false;
}

static bool make_folders(char *path)
{
    for (char *slash = strchr(path + 1, '/');; slash = strchr(slash + 1, '/')) {
        if (slash != NULL) {
            *slash = '\0';
        }
        bool made = mkdir(path, 0755) == 0 || errno == EEXIST;
        if (slash != NULL) {
            *slash = '/';
        }
        if (!made || slash == NULL) {
            return made;
        }
    }
}

int download_dataset(const char *name)
{
    char folder[PATH_MAX], why[CURL_ERROR_SIZE + 64] = "";
    if (ssi_dataset_find(name, folder, sizeof folder)) {
        return told(name);
    }
    for (size_t d = 0; d < sizeof downloads / sizeof *downloads; d++) {
        if (strcmp(downloads[d].name, name) != 0) {
            continue;
        }
        if (!ssi_dataset_cache(name, folder, sizeof folder) || !make_folders(folder)) {
            return fail(T("data: no folder can be made for downloads (%s); set XDG_CACHE_HOME",
                          "data: 내려받을 폴더를 만들 수 없습니다 (%s). XDG_CACHE_HOME을 정해 주세요"),
                        folder);
        }
        curl_global_init(CURL_GLOBAL_DEFAULT);
        bool all = true;
        for (int i = 0; i < FILES && all; i++) {
            all = get_file(&downloads[d], i, folder, why, sizeof why);
        }
        curl_global_cleanup();
        if (all) {
            return told(name);
        }
        return fail(T("data: '%s' could not be downloaded: %s; is there a network? Or put its four files into %s",
                      "data: '%s' 자료를 내려받지 못했습니다: %s. 네트워크를 확인하거나 네 파일을 %s에 넣으세요"),
                    name, why, folder);
    }
    return unknown(name);
}
#else
int download_dataset(const char *name)
{
    char folder[PATH_MAX];
    if (ssi_dataset_find(name, folder, sizeof folder)) {
        return told(name);
    }
    for (int i = 0; ssi_dataset_known(i) != NULL; i++) {
        if (strcmp(ssi_dataset_known(i)->name, name) == 0) {
            return fail(T("data: this build cannot download; install libcurl4-openssl-dev and libssl-dev and build "
                          "again, or put the files of '%s' into a folder named by SSI_DATA",
                          "data: 이 프로그램은 내려받기 없이 만들어졌습니다. libcurl4-openssl-dev와 libssl-dev를 "
                          "설치하고 다시 만들거나 '%s' 파일들을 SSI_DATA 폴더에 넣으세요"),
                        name);
        }
    }
    return unknown(name);
}
#endif
