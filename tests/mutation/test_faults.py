#!/usr/bin/env python3
"""Whether faults.py finds in C what it says it finds, and nothing in comments and preprocessor lines."""
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import faults

SOURCE = '''#include "a.h"
#define TWO 2
/* if (a == 1) return; */
static const struct row rows[] = {
    INT("port", port, .min = 1),
    STR("name", name),
};

static int f(struct s *a, int b)
{
    int c = 0;

    for (int i = 0; i < b; i++)
        add(a, b);
    if (a->x && !a->y)
        c = -b;
    return c;
}
'''


def found(kind):
    return [(SOURCE[fault.start:fault.end], fault.text) for fault in faults.find(SOURCE) if fault.kind == kind]


class Places(unittest.TestCase):
    def test_operators(self):
        self.assertEqual(found("operator"), [("<", "<="), ("&&", "||"), ("!", "")])

    def test_constants(self):
        self.assertEqual(found("constant"), [("1", "2"), ("0", "1"), ("0", "1")])

    def test_texts(self):
        self.assertEqual(found("text"), [('"port"', '"porx"'), ('"name"', '"namx"')])

    def test_conversions_stay(self):
        self.assertEqual([fault.text for fault in faults.find('f("%lld");')], [])

    def test_conditions(self):
        self.assertEqual(found("condition"), [("(a->x && !a->y)", "(!(a->x && !a->y))")])

    def test_statements(self):
        self.assertEqual(found("statement"), [("add(a, b);", ";"), ("c = -b;", ";")])

    def test_rows(self):
        self.assertEqual(found("row"), [('    INT("port", port, .min = 1),', ""), ('    STR("name", name),', "")])

    def test_arguments(self):
        self.assertIn(("a, b", "b, a"), found("arguments"))

    def test_equal_texts_have_no_order(self):
        self.assertEqual([fault.text for fault in faults.find('f(!strcmp(a, b));') if fault.kind == "arguments"], [])
        self.assertEqual([fault.text for fault in faults.find('f(strcmp(a, b) != 0);') if fault.kind == "arguments"], [])
        self.assertEqual([fault.text for fault in faults.find('f(same_text(a, b));') if fault.kind == "arguments"], [])
        self.assertEqual([fault.text for fault in faults.find('f(strcmp(a, b));') if fault.kind == "arguments"], ["b, a"])
        self.assertEqual([fault.text for fault in faults.find('f(strcmp(a, b) > 0);') if fault.kind == "arguments"], ["b, a"])

    def test_room_is_no_behaviour(self):
        self.assertEqual([fault.text for fault in faults.find("f(arena_array(a, b, c));") if fault.kind == "arguments"], ["b, a"])
        self.assertEqual([fault.text for fault in faults.find("f(names_init(a, &n, 4 * b));") if fault.kind in ("operator", "constant")], [])

        self.assertEqual([fault.text for fault in faults.find("char text[400] = {0};") if fault.kind == "constant"], ["1"])
        self.assertEqual([fault.text for fault in faults.find("f(text[1]);") if fault.kind == "constant"], ["2"])

    def test_members(self):
        structs = faults.structs_of("struct s { const char *x, *y; const struct t *in; size_t n[4]; }; struct t { int a, b; unsigned c; };")
        self.assertEqual(structs, {"s": {"x": "const char *", "y": "const char *", "in": "const struct t *", "n": "size_t [ 4 ]"},
                                   "t": {"a": "int", "b": "int", "c": "unsigned"}})
        swapped = [(SOURCE[fault.start:fault.end], fault.text) for fault in faults.find(SOURCE, structs) if fault.kind == "member"]
        self.assertEqual(swapped, [("x", "y"), ("y", "x")])

    def test_members_of_members(self):
        source = "struct t { int a, b; }; struct s { struct t t[2]; int b; }; int f(const struct s *s) { return s->t[0].a + s->b; }"
        self.assertEqual([fault.text for fault in faults.find(source) if fault.kind == "member"], ["b"])

    def test_members_of_what_is_unknown(self):
        self.assertEqual([fault for fault in faults.find("int f(void) { return g()->a + h.b; }") if fault.kind == "member"], [])

    def test_planted(self):
        fault = next(fault for fault in faults.find(SOURCE) if fault.kind == "condition")
        self.assertIn("if (!(a->x && !a->y))\n", faults.planted(SOURCE, fault))


unittest.main()
