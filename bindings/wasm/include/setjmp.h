/*
 * WASI's C library has no setjmp(). The library unwinds by it where memory runs out, and nowhere else: here that ends the instance, by a
 * trap, which its host sees as an exception.
 */
#ifndef HYBRIDDEPLOY_WASM_SETJMP_H
#define HYBRIDDEPLOY_WASM_SETJMP_H

typedef int jmp_buf[1];

#define setjmp(buffer) ((void)(buffer), 0)
#define longjmp(buffer, value) ((void)(buffer), __builtin_trap())

#endif
