package main

import (
	"context"
	"errors"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/receiver"
)

// The receiver of files cannot be had with what it stands on. This one, under
// its name, looks at what must be there and takes the rest on trust.
type fileLog struct {
	Include   []string         `mapstructure:"include"`
	Exclude   []string         `mapstructure:"exclude"`
	FilePath  bool             `mapstructure:"include_file_path"`
	FileName  bool             `mapstructure:"include_file_name"`
	Operators []map[string]any `mapstructure:"operators"`
}

func (c *fileLog) Validate() error {
	if len(c.Include) == 0 {
		return errors.New("required argument `include` is empty")
	}
	for _, o := range c.Operators {
		if o["type"] != "container" {
			return errors.New("an operator of a type that is not known here")
		}
	}
	return nil
}

type still struct {
	component.StartFunc
	component.ShutdownFunc
}

func newFileLog(name string) receiver.Factory {
	return receiver.NewFactory(component.MustNewType(name), func() component.Config { return &fileLog{} },
		receiver.WithLogs(func(context.Context, receiver.Settings, component.Config, consumer.Logs) (receiver.Logs, error) {
			return still{}, nil
		}, component.StabilityLevelBeta))
}
