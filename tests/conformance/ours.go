package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
)

// The library's own rules beside the cluster's: each case names the code that
// hybridgen gives for the same mistake, says that a model can't make it ("by
// construction"), or why hybridgen says nothing; a rule about the cluster that
// no case is about may be an invention.

var codeRow = regexp.MustCompile(`HD_CODE\((\d+), HD_(\w+), (\w+),\s*"((?:[^"\\]|\\.)*)",\s*"((?:[^"\\]|\\.)*)"`)

// claim: that one of those refuses who can be asked here. What an operator refuses, or an older definition, nobody here can show.
var claim = regexp.MustCompile(`\b(API server|Kubernetes|Istio|istiod|Collector|promtool|Alertmanager|webhook|admission)\b[^.;]{0,40}\brefuses\b`)

// ourRules reads the errors that speak of the cluster out of the library's list
// of codes: families 2 to 7, the others are about files.
func (s *session) ourRules() (all, errors, claims map[string]string, err error) {
	file := filepath.Join(s.root, "lib/diagnostic_codes.def")
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, nil, nil, err
	}
	all, errors, claims = map[string]string{}, map[string]string{}, map[string]string{}
	for _, m := range codeRow.FindAllStringSubmatch(string(text), -1) {
		code := "HD" + m[1]
		all[code] = m[4]
		if claim.MatchString(m[5]) {
			claims[code] = m[5]
		}
		if m[3] == "ERROR" && m[1][0] >= '2' && m[1][0] <= '7' {
			errors[code] = m[4]
		}
	}
	if len(errors) == 0 || len(claims) == 0 {
		return nil, nil, nil, fmt.Errorf("%s: no codes found in it", file)
	}
	return all, errors, claims, nil
}

// compareRules reports cases that name a code which doesn't exist, and codes
// that say of a consumer that it refuses, which no case shows. It remembers for
// the report which other rules have no case.
func (s *session) compareRules(cases []reject) error {
	all, errors, claims, err := s.ourRules()
	if err != nil {
		return err
	}
	for _, r := range cases {
		ours := r.headers["ours"]
		if ours == "" {
			s.tally.add(problem{"rejects/" + r.name, "", "", "it doesn't say what hybridgen says of the mistake (# ours)"})
		}
		if ours == "by construction" || strings.HasPrefix(ours, "none, ") {
			continue
		}
		for _, code := range strings.Fields(ours) {
			if _, there := all[code]; !there {
				s.tally.add(problem{"rejects/" + r.name, "", "", "there is no code " + code})
			}
			delete(errors, code)
			delete(claims, code)
		}
	}
	for code, why := range claims {
		s.tally.add(problem{"rejects", code, "lib/diagnostic_codes.def", "no case shows it: " + why})
	}
	for code, what := range errors {
		s.caseless = append(s.caseless, code+" "+what)
	}
	sort.Strings(s.caseless)
	return nil
}
