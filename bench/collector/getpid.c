/* Preloaded into Zeek, this makes getpid(), which scripts can call, answer what
 * scripts cannot find out otherwise. What that is says the environment variable
 * GETPID_ANSWERS, which scripts can set:
 *
 * heap (or unset): the heap in use in KiB, by the allocator's own account, since
 *     resident memory is too coarse to tell a leak of kilobytes;
 * cpu: the CPU time of the calling thread in microseconds, modulo 2^30, which
 *     does not go on while other processes have the core;
 * faults, switches: how often the calling thread touched a page for the first
 *     time, and how often it lost the core before it was done.
 *
 * cc -shared -fPIC -O2 -o getpid.so getpid.c; LD_PRELOAD=./getpid.so zeek ... */
#define _GNU_SOURCE
#include <malloc.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <time.h>

pid_t getpid(void) {
    const char *what = getenv("GETPID_ANSWERS");

    if (what && what[0] == 'c') {
        struct timespec t;
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
        return (pid_t)((t.tv_sec * 1000000LL + t.tv_nsec / 1000) % (1 << 30));
    }

    if (what && (what[0] == 'f' || what[0] == 's')) {
        struct rusage r;
        getrusage(RUSAGE_THREAD, &r);
        return (pid_t)((what[0] == 'f' ? r.ru_minflt : r.ru_nivcsw) % (1 << 30));
    }

    struct mallinfo2 m = mallinfo2();
    return (pid_t)((m.uordblks + m.hblkhd) / 1024);
}
