package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// yaml12 reads a document by YAML 1.2 and its core schema. goccy/go-yaml does
// the syntax; what a plain scalar means is decided here, since every Go reader
// bends that rule for 1.1's sake (0644, 1_000).
func yaml12(text []byte) (any, error) {
	file, err := parser.ParseBytes(text, 0)
	if err != nil {
		return nil, err
	}
	var found any
	bodies := 0
	for _, d := range file.Docs {
		if d.Body == nil {
			continue
		}
		if _, comment := d.Body.(*ast.CommentGroupNode); comment {
			continue
		}
		bodies++
		if found, err = value12(d.Body); err != nil {
			return nil, err
		}
	}
	if bodies != 1 {
		return nil, fmt.Errorf("%d documents", bodies)
	}
	return found, nil
}

func value12(n ast.Node) (any, error) {
	switch n := n.(type) {
	case *ast.MappingNode:
		m := map[string]any{}
		for _, v := range n.Values {
			key, err := value12(v.Key)
			if err != nil {
				return nil, err
			}
			k, isString := key.(string)
			if !isString {
				return nil, fmt.Errorf("line %d: the key %v is not a string", v.Key.GetToken().Position.Line, scalar(key))
			}
			if _, twice := m[k]; twice {
				return nil, fmt.Errorf("line %d: the key %q stands there twice", v.Key.GetToken().Position.Line, k)
			}
			if m[k], err = value12(v.Value); err != nil {
				return nil, err
			}
		}
		return m, nil
	case *ast.SequenceNode:
		s := []any{}
		for _, v := range n.Values {
			item, err := value12(v)
			if err != nil {
				return nil, err
			}
			s = append(s, item)
		}
		return s, nil
	case *ast.LiteralNode:
		return n.Value.Value, nil
	case *ast.StringNode:
		if t := n.GetToken().Type; t == token.SingleQuoteType || t == token.DoubleQuoteType {
			return n.Value, nil
		}
		return core(n.Value), nil
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.NullNode, *ast.InfinityNode, *ast.NanNode:
		return core(n.GetToken().Value), nil
	case nil:
		return nil, errors.New("an empty node")
	default:
		// Anchors, aliases and tags: a manifest needs none.
		return nil, fmt.Errorf("line %d: a %s", n.GetToken().Position.Line, n.Type())
	}
}

var (
	coreNull  = regexp.MustCompile(`^(null|Null|NULL|~|)$`)
	coreTrue  = regexp.MustCompile(`^(true|True|TRUE)$`)
	coreFalse = regexp.MustCompile(`^(false|False|FALSE)$`)
	coreInt   = regexp.MustCompile(`^[-+]?[0-9]+$`)
	coreBase  = regexp.MustCompile(`^(0o[0-7]+|0x[0-9a-fA-F]+)$`)
	coreFloat = regexp.MustCompile(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)
	coreOther = regexp.MustCompile(`^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$`)
)

// core resolves a plain scalar as chapter 10.3 of YAML 1.2 says.
func core(text string) any {
	switch {
	case coreNull.MatchString(text):
		return nil
	case coreTrue.MatchString(text):
		return true
	case coreFalse.MatchString(text):
		return false
	case coreInt.MatchString(text):
		// 0644 is six hundred and forty-four here.
		for len(text) > 1 && (text[0] == '0' || text[0] == '+') {
			text = text[1:]
		}
		return json.Number(text)
	case coreBase.MatchString(text):
		var n int64
		fmt.Sscan(text, &n)
		return n
	case coreFloat.MatchString(text):
		return json.Number(text)
	case coreOther.MatchString(text):
		return fmt.Errorf("%s", text) // JSON has no such number
	}
	return text
}
