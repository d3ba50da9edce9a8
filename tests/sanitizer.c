/* What the sanitizers are told in Privet's processes, which have an empty environment, or one that a cage forbids them to act on: linked
 * into the program in sanitizer builds alone. A report goes to the log, where the tests look for it; UBSan's first words in a process need
 * a call that only core has: elsewhere "cage_refused" with readlink stands in the log instead. Names of functions would need files that a
 * caged process can't open: addr2line finds them from module and offset. Leaks are found by stopping all threads from another
 * process, which no cage allows: they are looked for in the unit tests, by tests/cli.part and by `make valgrind`. */
#if defined(__SANITIZE_THREAD__)
#define SANITIZER_THREADS 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define SANITIZER_THREADS 1
#endif
#endif

#ifdef SANITIZER_THREADS
const char *__tsan_default_options(void) __attribute__((visibility("default"), used));
const char *
__tsan_default_options(void)
{
    return "symbolize=0:halt_on_error=0";
}
#else
const char *__asan_default_options(void) __attribute__((visibility("default"), used));
const char *__ubsan_default_options(void) __attribute__((visibility("default"), used));

const char *
__asan_default_options(void)
{
    return "detect_leaks=0:symbolize=0:detect_stack_use_after_return=1";
}

const char *
__ubsan_default_options(void)
{
    return "symbolize=0";
}
#endif
