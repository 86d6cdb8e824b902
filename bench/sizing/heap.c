/* Preloaded into Zeek, this makes getpid() answer how many bytes of heap are in
 * use, so that a script can read the allocator's own figure through Zeek's
 * getpid(). The figure is cut to 31 bits, since a process number is signed:
 * differences below 2 GB are right modulo 2^31.
 *
 * cc -shared -fPIC -O2 -o heap.so heap.c; LD_PRELOAD=./heap.so zeek ... */
#include <malloc.h>
#include <sys/types.h>

pid_t getpid(void) {
    struct mallinfo2 m = mallinfo2();
    return (pid_t)((m.uordblks + m.hblkhd) & 0x7fffffff);
}
