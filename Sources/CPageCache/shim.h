// Reading without waiting for the disk: preadv2(2) with RWF_NOWAIT, which Swift's view of Glibc leaves out.
#include <errno.h>
#include <stddef.h>
#include <sys/types.h>
#include <sys/uio.h>

#if defined(__linux__)
extern ssize_t preadv2(int, const struct iovec *, int, off_t, int);
#endif

// Copies what the page cache holds, from `offset` on, at most `count` bytes; returns how many. -1 with EAGAIN when the
// first of them would have to come from the disk, with EOPNOTSUPP when the file system (or the system) cannot tell.
static inline ssize_t page_cache_read(int descriptor, void *bytes, size_t count, off_t offset) {
#if defined(__linux__)
    struct iovec vector = { .iov_base = bytes, .iov_len = count };
    return preadv2(descriptor, &vector, 1, offset, 0x00000008 /* RWF_NOWAIT */);
#else
    errno = EOPNOTSUPP;
    return -1;
#endif
}
