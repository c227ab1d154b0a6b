// The few calls on descriptors that Swift's view of Glibc leaves out, or shows under a module's name that depends on
// the order in which modules are loaded (`struct stat`).
#ifndef MEDIASHARE_CFILES_H
#define MEDIASHARE_CFILES_H

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/types.h>
#include <sys/uio.h>

#if defined(__linux__)
#include <linux/openat2.h>
#include <sys/syscall.h>
extern ssize_t preadv2(int, const struct iovec *, int, off_t, int);
extern long syscall(long, ...);
#endif

typedef struct {
    int64_t size;
    /// Seconds since 1970.
    int64_t modified;
    int64_t modified_milliseconds;
    bool is_regular;
    bool is_directory;
    bool is_link;
} file_status;

static inline void file_status_fill(const struct stat *status, file_status *result) {
    result->size = status->st_size;
    result->modified = status->st_mtime;
#if defined(__linux__)
    result->modified_milliseconds = (int64_t)status->st_mtim.tv_sec * 1000 + status->st_mtim.tv_nsec / 1000000;
#else
    result->modified_milliseconds = (int64_t)status->st_mtime * 1000;
#endif
    result->is_regular = S_ISREG(status->st_mode);
    result->is_directory = S_ISDIR(status->st_mode);
    result->is_link = S_ISLNK(status->st_mode);
}

// False with errno when the descriptor cannot be looked at.
static inline bool file_status_get(int descriptor, file_status *result) {
    struct stat status;
    if (fstat(descriptor, &status) != 0) return false;
    file_status_fill(&status, result);
    return true;
}

// The same for what a path names; a link is not followed.
static inline bool file_status_of_path(const char *path, file_status *result) {
    struct stat status;
    if (lstat(path, &status) != 0) return false;
    file_status_fill(&status, result);
    return true;
}

static inline int64_t file_system_room(const struct statvfs *space) {
    uint64_t unit = space->f_frsize ? space->f_frsize : space->f_bsize;
    if (space->f_bavail > INT64_MAX / unit) return INT64_MAX;
    return (int64_t)(space->f_bavail * unit);
}

// Bytes that an unprivileged user may still write to the path's file system; -1 with errno when it cannot be told.
static inline int64_t file_system_space(const char *path) {
    struct statvfs space;
    return statvfs(path, &space) == 0 ? file_system_room(&space) : -1;
}

// The same for the file system of an open file.
static inline int64_t file_system_space_of(int descriptor) {
    struct statvfs space;
    return fstatvfs(descriptor, &space) == 0 ? file_system_room(&space) : -1;
}

// Copies what the page cache holds, from `offset` on, at most `count` bytes, without waiting for the disk (preadv2(2)
// with RWF_NOWAIT); returns how many. -1 with EAGAIN when the first of them would have to come from the disk, with
// EOPNOTSUPP when the file system (or the system) cannot tell.
static inline ssize_t file_read_cached(int descriptor, void *bytes, size_t count, off_t offset) {
#if defined(__linux__)
    struct iovec vector = { .iov_base = bytes, .iov_len = count };
    return preadv2(descriptor, &vector, 1, offset, 0x00000008 /* RWF_NOWAIT */);
#else
    errno = EOPNOTSUPP;
    return -1;
#endif
}

// Opens a file for reading, never through a link, if the kernel can find it without waiting for the disk (openat2(2) with
// RESOLVE_CACHED). -1 with EAGAIN when it cannot, with another error when the file or the call does not exist.
static inline int file_open_cached(const char *path) {
#if defined(__linux__)
    struct open_how how = { .flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW, .resolve = 0x20 /* RESOLVE_CACHED */ };
    return (int)syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof how);
#else
    errno = ENOSYS;
    return -1;
#endif
}

// Raises the number of descriptors that this process may have open as far as the system permits without a privilege,
// and returns it; 0 when it cannot be told.
static inline uint64_t descriptor_limit_raise(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
    struct rlimit wanted = { .rlim_cur = limit.rlim_max, .rlim_max = limit.rlim_max };
    if (limit.rlim_cur < limit.rlim_max && setrlimit(RLIMIT_NOFILE, &wanted) == 0) limit = wanted;
    return (uint64_t)limit.rlim_cur;
}

#endif
