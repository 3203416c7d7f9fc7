/* What every unit test includes: cmocka and the headers that it wants before it. */
#ifndef HD_TESTS_UNIT_CMOCKA_TEST_H
#define HD_TESTS_UNIT_CMOCKA_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))

#define RUN(tests) cmocka_run_group_tests(tests, NULL, NULL)

#endif
