/* The baseline of every start: a process that is linked to the same libraries and does nothing. */
#include <hybriddeploy/hybriddeploy.h>
#include <libfyaml.h>

int main(int argc, char **argv)
{
    (void)argv;
    /* Never true; it keeps the linker from dropping a library. */
    return argc > 1000 && hd_version() == fy_library_version();
}
