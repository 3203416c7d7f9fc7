// Reads dashboards with the types that Grafana generates from its own published schema. A member that the schema does not know, that
// is of another type, or that must be given and is not, is an error.
package main

import (
	"fmt"
	"os"

	"github.com/grafana/grafana-foundation-sdk/go/cog/plugins"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

// A list of no errors is an error without words.
func said(err error) error {
	if err != nil && err.Error() == "" {
		return nil
	}
	return err
}

func read(name string) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	board := dashboard.Dashboard{}
	if err := said(board.UnmarshalJSONStrict(text)); err != nil {
		return err
	}
	return said(board.Validate())
}

func main() {
	plugins.RegisterDefaultPlugins()
	failed := len(os.Args) == 1
	for _, name := range os.Args[1:] {
		if err := read(name); err != nil {
			failed = true
			fmt.Printf("%s: %v\n", name, err)
		}
	}
	if failed {
		os.Exit(1)
	}
}
